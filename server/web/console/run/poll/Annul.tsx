/** Declare a vote void with a reason, and have it repeated. Both stay on record. */

import { Button } from "@common/components/Button.tsx";
import { Field } from "@common/components/Field.tsx";
import { Notice } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { annulPoll } from "../../calls/votes.ts";
import { t } from "../../i18n/index.ts";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import type { Poll } from "../../shapes.ts";
import { repeated } from "../focus.ts";
import type { PartProps } from "./PollSheet.tsx";

const SHORTEST = 3;

function whyNot(poll: Poll): string | undefined {
  if (poll.state === "draft") return t("annul.why.draft");
  return poll.state === "annulled" ? t("annul.why.done") : undefined;
}

/** See the top of this file. */
export function Annul({ cockpit, poll, onClose }: PartProps) {
  const [reason, setReason] = useState("");
  const [again, setAgain] = useState(true);
  const not = whyNot(poll);
  if (not !== undefined) return <Notice>{not}</Notice>;
  const missing = reason.trim().length < SHORTEST ? t("annul.why.reason") : undefined;
  const put = () => {
    onClose();
    const consequence = poll.state === "open" ? "annul.says.open" : "annul.says.closed";
    ask({
      title: t("annul.title"),
      says: [poll.title, t(consequence), t(again ? "annul.says.again" : "annul.says.once")],
      warning: t("annul.says.reason", { reason: reason.trim() }),
      action: t(again ? "annul.again" : "annul.only"),
      key: "h",
      danger: true,
      run: () => {
        if (again) repeated.value = poll.id;
        return act(annulPoll(cockpit.id, poll.id, reason.trim(), again), () => t("annul.done"));
      },
    });
  };
  return (
    <div class="form">
      <p>{t("annul.help")}</p>
      <Field label={t("annul.reason")} hint={t("annul.reason.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
      <label class="check">
        <input type="checkbox" checked={again} onChange={(event) => setAgain(event.currentTarget.checked)} />
        {t("annul.repeat")}
      </label>
      <div>
        <Button kind="danger" reason={cockpit.whyNotLead ?? missing} onPress={put}>
          {`${t(again ? "annul.again" : "annul.only")}…`}
        </Button>
      </div>
    </div>
  );
}

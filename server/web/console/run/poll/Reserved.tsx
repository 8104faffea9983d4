/** Reserved opinions (bảo lưu ý kiến) of a vote: those on record, and one to be written down for a delegate. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Field } from "@common/components/Field.tsx";
import { Notice, ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { reservedOpinions, reserveFor, turnout } from "../../calls/votes.ts";
import { formatClock, t } from "../../i18n/index.ts";
import { Who, type WhoIs } from "../../parts/Who.tsx";
import type { PartProps } from "./PollSheet.tsx";

/** States in which an opinion may still be put on record. */
const RESERVABLE = ["open", "closed", "published"];

function Write({ cockpit, poll, after }: PartProps & { readonly after: () => void }) {
  const [who, setWho] = useState<WhoIs | undefined>(undefined);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const electors = useLoad(() => turnout(cockpit.id, poll.id), [poll.id]).data?.rows ?? [];
  const people = electors.map((row) => ({ id: row.participant_id, name: row.name, more: row.unit }));
  const missing = who === undefined ? t("people.whoFirst") : text.trim() === "" ? t("reserved.empty") : undefined;
  const save = async () => {
    if (who === undefined) return;
    try {
      await reserveFor(cockpit.id, poll.id, who.id, text.trim());
      toast("good", () => t("reserved.saved", { name: who.name }));
      setWho(undefined);
      setText("");
      setProblem(undefined);
      after();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <div class="form">
      <h3 class="section-title">{t("reserved.write")}</h3>
      {problem && <ProblemNotice problem={problem} />}
      <Who label={t("reserved.who")} people={people} who={who} onWho={setWho} />
      <Field label={t("reserved.text")}>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            maxLength={2000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <div>
        <Button onPress={save} reason={cockpit.whyNotLead ?? missing}>
          {t("reserved.save")}
        </Button>
      </div>
    </div>
  );
}

/** See the top of this file. */
export function Reserved(props: PartProps) {
  const { cockpit, poll } = props;
  const { data, problem, reload } = useLoad(() => reservedOpinions(cockpit.id, poll.id), [poll.id, poll.state]);
  if (problem) return <ProblemNotice problem={problem} />;
  return (
    <>
      {data?.opinions.length === 0 && <p class="empty">{t("reserved.none")}</p>}
      <ul class="reserved">
        {data?.opinions.map((one) => (
          <li key={one.participant_id}>
            <p>
              <strong>{one.name}</strong> <small>{`${one.unit} · ${formatClock(one.stated_ms)}`}</small>
            </p>
            <p class="reserved-text">{one.text}</p>
          </li>
        ))}
      </ul>
      {poll.may_reserve && RESERVABLE.includes(poll.state) ? (
        <Write {...props} after={reload} />
      ) : (
        <Notice>{t("reserved.notNow")}</Notice>
      )}
    </>
  );
}

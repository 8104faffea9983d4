/** Committing the station: the number that hands counted, what follows, and a second key. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { commitStation } from "../calls.ts";
import { t } from "../i18n/index.ts";
import type { StationWork } from "./station.ts";

interface Props {
  readonly work: StationWork;
  readonly onClose: () => void;
}

function whyNot(work: StationWork, text: string): string | undefined {
  if (work.sending.value.waiting > 0) return t("commit.unsent", { n: work.sending.value.waiting });
  if (!/^\d{1,4}$/.test(text.trim())) return t("commit.count");
  const counted = Number(text);
  const entered = work.entered.value.size;
  const next = work.next.value;
  if (counted > entered || next <= counted) return t("commit.missing", { counted, entered, next });
  return counted < entered ? t("commit.beyond", { counted, entered }) : undefined;
}

/** See the top of this file. */
export function CommitSheet({ work, onClose }: Props) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const reason = whyNot(work, text);
  const commit = async () => {
    if (reason !== undefined) return;
    try {
      await commitStation(work.vote, work.number, Number(text));
      await work.load();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      title={t("commit.title", { station: work.number })}
      onClose={onClose}
      keys={{ F9: { label: t("commit.do"), run: () => void commit(), reason, inFields: true } }}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" hint="F9" reason={reason} onPress={commit}>
            {t("commit.do")}
          </Button>
        </>
      }
    >
      <p>{t("commit.says")}</p>
      {problem && <ProblemNotice problem={problem} />}
      <TextField
        label={t("commit.returned")}
        hint={t("commit.returned.help")}
        value={text}
        onValue={setText}
        input={{ inputMode: "numeric", maxLength: 4, autofocus: true, autocomplete: "off" }}
      />
      <p class="dialog-keys">{t("dialog.press", { key: "F9" })}</p>
    </Dialog>
  );
}

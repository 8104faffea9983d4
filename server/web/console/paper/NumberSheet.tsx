/** A step that wants a number counted by hand: what follows, the number, and a key of its own. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { t } from "./i18n/index.ts";

interface Props {
  readonly title: string;
  readonly says: string;
  readonly label: string;
  readonly value: number | null;
  readonly action: string;
  readonly run: (number: number) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** See the top of this file. */
export function NumberSheet({ title, says, label, value, action, run, onClose, onDone }: Props) {
  const [text, setText] = useState(value === null ? "" : String(value));
  const [problem, setProblem] = useState<Problem>();
  const reason = /^\d{1,4}$/.test(text.trim()) ? undefined : t("number.empty");
  const go = async () => {
    if (reason !== undefined) return;
    try {
      await run(Number(text));
      onDone();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      keys={{ F9: { label: action, run: () => void go(), reason, inFields: true } }}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" hint="F9" reason={reason} onPress={go}>
            {action}
          </Button>
        </>
      }
    >
      <p>{says}</p>
      {problem && <ProblemNotice problem={problem} />}
      <TextField
        label={label}
        value={text}
        onValue={setText}
        input={{ inputMode: "numeric", maxLength: 4, autofocus: true, autocomplete: "off" }}
      />
      <p class="dialog-keys">{t("dialog.press", { key: "F9" })}</p>
    </Dialog>
  );
}

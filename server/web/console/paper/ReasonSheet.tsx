/** A step that wants a reason: what follows, the reason in words, and a key of its own. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "./i18n/index.ts";

export interface Wanted {
  readonly title: string;
  readonly says: string;
  readonly action: string;
  readonly run: (reason: string) => Promise<unknown>;
}

const wanted = signal<Wanted | undefined>(undefined);

/** Ask for the reason, then carry it out. */
export function askReason(question: Wanted): void {
  wanted.value = question;
}

function Sheet({ question }: { readonly question: Wanted }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const reason = text.trim() === "" ? t("reason.empty") : undefined;
  const close = () => {
    wanted.value = undefined;
  };
  const go = async () => {
    if (reason !== undefined) return;
    try {
      await question.run(text.trim());
      close();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      title={question.title}
      onClose={close}
      keys={{ F9: { label: question.action, run: () => void go(), reason, inFields: true } }}
      actions={
        <>
          <Button onPress={close}>{t("action.cancel")}</Button>
          <Button kind="danger" hint="F9" reason={reason} onPress={go}>
            {question.action}
          </Button>
        </>
      }
    >
      <p>{question.says}</p>
      {problem && <ProblemNotice problem={problem} />}
      <TextField label={t("reason.label")} value={text} onValue={setText} input={{ maxLength: 300, autofocus: true }} />
    </Dialog>
  );
}

/** Where the question appears. */
export function AskReason() {
  return wanted.value ? <Sheet key={wanted.value.title} question={wanted.value} /> : null;
}

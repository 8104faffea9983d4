/**
 * The question before a public or irreversible act: names the consequence and wants a second, different key.
 * `ask(...)` from anywhere; `<Ask/>` stands once in the app.
 */

import { Confirm } from "@common/components/Dialog.tsx";
import { signal } from "@preact/signals";

export interface Question {
  readonly title: string;
  /** What will happen, one sentence a line. */
  readonly says: readonly string[];
  /** A caution, shown in the colour of warnings. */
  readonly warning?: string | undefined;
  /** The words on the button. */
  readonly action: string;
  /** The confirming key; never the one that opened the question. */
  readonly key: string;
  readonly danger?: boolean;
  readonly run: () => unknown;
}

const asked = signal<Question | undefined>(undefined);

/** Put a question; only the confirming key or button carries it out. */
export function ask(question: Question): void {
  asked.value = question;
}

/** Where questions appear. */
export function Ask() {
  const question = asked.value;
  if (question === undefined) return null;
  const close = () => {
    asked.value = undefined;
  };
  return (
    <Confirm
      key={question.title}
      title={question.title}
      consequence={
        <div class="ask-says">
          {question.says.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {question.warning && <p class="ask-warning">{question.warning}</p>}
        </div>
      }
      action={question.action}
      confirmKey={question.key}
      danger={question.danger ?? false}
      onConfirm={() => {
        close();
        return question.run();
      }}
      onCancel={close}
    />
  );
}

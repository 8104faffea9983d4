/** A whole list at once, as copied out of a document or a sheet: looked at before anybody enters. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field } from "@common/components/Field.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { addCandidate } from "./calls.ts";
import { t } from "./i18n/index.ts";
import { readPasted } from "./paste.ts";
import type { Vote } from "./shapes.ts";

interface Props {
  readonly meetingId: number;
  readonly vote: Vote;
  readonly onClose: () => void;
}

/** See the top of this file. */
export function PasteSheet({ meetingId, vote, onClose }: Props) {
  const [text, setText] = useState("");
  const [done, setDone] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const found = readPasted(text);
  const reason = found.length === 0 ? t("paste.empty") : undefined;
  const add = async () => {
    setProblem(undefined);
    for (const [index, one] of found.entries()) {
      setDone(index);
      try {
        await addCandidate(meetingId, vote.id, one);
      } catch (error) {
        setProblem(asProblem(error));
        // Those before it are on the list already; what is left stays in the field to be corrected.
        setText(
          found
            .slice(index)
            .map((row) => [row.name, row.title, row.unit, row.birth].join("\t"))
            .join("\n"),
        );
        setDone(undefined);
        return;
      }
    }
    onClose();
  };
  return (
    <Dialog
      wide
      title={t("paste.title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={reason} onPress={add}>
            {t("paste.do", { n: found.length })}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      <Field label={t("paste.label")} hint={t("paste.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={7}
            autofocus
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {done !== undefined && <ProgressBar label={t("paste.adding")} done={done} of={found.length} />}
      {found.length > 0 && (
        <ol class="pv-pasted">
          {found.map((one, index) => (
            <li key={`${index} ${one.name}`}>
              <span class="tabular">{index + 1}</span> <strong>{one.name}</strong>{" "}
              <small>{[one.title, one.unit, one.birth].filter(Boolean).join(" · ")}</small>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

/** Asking to look again at what all three stations agree on: ballot, line, reason; a second teller must agree. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { BallotLine } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import { reopen } from "../calls.ts";
import { t } from "../i18n/index.ts";

interface Props {
  readonly vote: number;
  readonly lines: readonly BallotLine[];
  /** With the id of what was opened; undefined: never mind. */
  readonly onClose: (made: number | undefined) => void;
}

const number = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : undefined);

/** See the top of this file. */
export function ReopenSheet({ vote, lines, onClose }: Props) {
  const [ballot, setBallot] = useState("");
  const [line, setLine] = useState("");
  const [why, setWhy] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const name = lines.find((one) => one.line === number(line))?.name;
  const which = number(ballot);
  const reason = which === undefined ? t("reopen.noBallot") : why.trim() === "" ? t("reopen.noReason") : undefined;
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (reason !== undefined || which === undefined) return;
    try {
      const made = await reopen(vote, which, number(line) ?? 0, why.trim());
      onClose(made.id);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog title={t("reopen.title")} onClose={() => onClose(undefined)}>
      <form class="step" onSubmit={save}>
        <p>{t("reopen.says")}</p>
        <TextField
          label={t("reopen.ballot")}
          value={ballot}
          onValue={setBallot}
          input={{ inputMode: "numeric", maxLength: 4, autofocus: true }}
        />
        <TextField
          label={t("reopen.line")}
          hint={name ?? t("reopen.line.help")}
          value={line}
          onValue={setLine}
          input={{ inputMode: "numeric", maxLength: 3 }}
        />
        <TextField label={t("reopen.reason")} value={why} onValue={setWhy} input={{ maxLength: 300 }} />
        {problem && <ProblemNotice problem={problem} />}
        <div class="dialog-actions">
          <Button onPress={() => onClose(undefined)}>{t("action.cancel")}</Button>
          <Button type="submit" kind="primary" reason={reason}>
            {t("reopen.do")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

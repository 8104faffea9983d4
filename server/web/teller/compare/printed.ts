/** The ballot as it was printed, as the comparison needs it. */

import type { BallotLine, DifferenceView, PaperVoteView } from "@common/types.gen.ts";
import type { Form, Kind } from "../entry/marks.ts";
import { t } from "../i18n/index.ts";

export interface Printed {
  readonly form: Form;
  readonly lines: readonly BallotLine[];
}

export function printedOf(vote: PaperVoteView): Printed {
  const lines = vote.candidates
    .flatMap((one) => (one.line === null ? [] : [{ ...one, line: one.line }]))
    .sort((a, b) => a.line - b.line)
    .map((one) => ({ line: one.line, name: one.name, detail: one.title, counts: !one.on_paper_only }));
  const ignored = new Set(lines.filter((one) => !one.counts).map((one) => one.line));
  return { form: { kind: vote.kind as Kind, seats: vote.seats, lines: lines.length, ignored }, lines };
}

/** "Phiếu 12, dòng 3 · Lê Mẫu Chi". */
export function placeText(one: DifferenceView): string {
  return one.line > 0
    ? t("difference.line", { ballot: one.ballot, line: one.line, name: one.name })
    : t("difference.ballot", { ballot: one.ballot });
}

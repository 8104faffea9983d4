/** A published result of a paper vote as rows, for the seat and the wall. Only what the record says. */

import type { ResultRow } from "@common/components/ResultRows.tsx";
import type { PublicLine, PublicPaperVote, PublicResult } from "@common/types.gen.ts";
import { noticeText, t } from "../i18n/paper.ts";

/** Whether a vote asks for three levels of confidence rather than for names. */
export function isConfidence(vote: Pick<PublicPaperVote, "kind">): boolean {
  return vote.kind === "confidence";
}

const OUTCOMES = ["elected", "tied", "withdrawn"] as const;
const TONES = { elected: "good", tied: "warn", withdrawn: "off" } as const;

function election(line: PublicLine, place: string): ResultRow {
  const outcome = OUTCOMES.find((one) => one === line.outcome);
  return {
    key: line.line,
    place,
    name: line.name,
    counts: line.votes,
    tone: outcome && TONES[outcome],
    note: outcome && outcome !== "elected" ? t(`paper.outcome.${outcome}`) : undefined,
  };
}

function confidence(line: PublicLine): ResultRow {
  const { high, plain, low } = line;
  // The codes of a confidence vote go from the lesser threshold to the greater: the last one says it all.
  const reached = line.notices.at(-1);
  return {
    key: line.line,
    place: String(line.line),
    name: line.name,
    counts: { high, plain, low },
    tone: reached === undefined ? undefined : "warn",
    note: reached && noticeText(reached),
  };
}

/** Every line of the ballot, in its order. */
export function inOrder(vote: PublicPaperVote, result: PublicResult): readonly ResultRow[] {
  return result.lines.map((line) => (isConfidence(vote) ? confidence(line) : election(line, String(line.line))));
}

/** The elected from high to low, then those tied at the last seat. */
export function fromHighToLow(result: PublicResult): readonly ResultRow[] {
  const found = new Map(result.lines.map((line) => [line.line, line]));
  const rows = (lines: readonly number[], placed: boolean) =>
    lines.flatMap((number, index) => {
      const line = found.get(number);
      return line === undefined ? [] : [election(line, placed ? String(index + 1) : "=")];
    });
  return [...rows(result.elected, true), ...rows(result.tied, false)];
}

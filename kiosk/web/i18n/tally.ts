/** What a list or names came to, in rows and in a sentence; the seat and the wall say the same. */

import type { ResultRow } from "@common/components/ResultRows.tsx";
import type { VoteBarsProps } from "@common/components/VoteBars.tsx";
import { language, type Translation, translator } from "@common/i18n/index.ts";
import type { PollView, Tally, TallyLine } from "@common/types.gen.ts";
import { noticeText } from "./paper.ts";

const vi = {
  "tally.verdict": "{for}/{base} tán thành, cần {needed}",
  "tally.verdict.opinion": "{for}/{base} đồng ý, cần {needed}",
  "tally.chosen": "Được chọn {n}: {names}",
  "tally.chosen.many": "Được chọn {n}/{of}",
  "tally.chosen.none": "Không lựa chọn nào đạt {needed}/{base} phiếu",
  "tally.tied": "Bằng phiếu: {names}.",
  "tally.tied.note": "bằng phiếu",
} as const;

const en: Translation<typeof vi> = {
  "tally.verdict": "{for}/{base} in favour, {needed} needed",
  "tally.verdict.opinion": "{for}/{base} agree, {needed} needed",
  "tally.chosen": "{n} chosen: {names}",
  "tally.chosen.many": "{n} of {of} chosen",
  "tally.chosen.none": "No option reached {needed}/{base}",
  "tally.tied": "Tied: {names}.",
  "tally.tied.note": "tied",
};

const t = translator(vi, en);

function row(line: TallyLine, place: number): ResultRow {
  const common = { key: place, place: String(place + 1), name: line.label };
  if (line.votes !== null) {
    const tone = line.chosen ? "good" : line.tied ? "warn" : undefined;
    return { ...common, counts: line.votes, tone, note: line.tied ? t("tally.tied.note") : undefined };
  }
  const { high, plain, low } = line;
  const reached = line.notices.at(-1);
  return {
    ...common,
    counts: { high: high ?? 0, plain: plain ?? 0, low: low ?? 0 },
    tone: reached === undefined ? undefined : "warn",
    note: reached && noticeText(reached),
  };
}

/** One row an option or name, in the order of the ballot. */
export function tallyRows(tally: Tally): readonly ResultRow[] {
  return tally.lines.map(row);
}

const MOST_NAMED = 3;

/** Who or what was chosen, in one sentence; undefined where nothing is chosen (levels of confidence). */
export function chosenText(poll: PollView, tally: Tally): string | undefined {
  if (poll.kind !== "choice") return undefined;
  const chosen = tally.lines.filter((line) => line.chosen).map((line) => line.label);
  if (chosen.length === 0) return t("tally.chosen.none", { needed: tally.needed, base: tally.base_count });
  if (chosen.length > MOST_NAMED) return t("tally.chosen.many", { n: chosen.length, of: tally.lines.length });
  return t("tally.chosen", { n: chosen.length, names: chosen.join(", ") });
}

/** A tie for the last place, with what the rule says of it; undefined without one. */
export function tieText(poll: PollView, tally: Tally): string | undefined {
  const tied = tally.lines.filter((line) => line.tied).map((line) => line.label);
  if (tied.length === 0) return undefined;
  const { words } = poll.rule;
  const then = (language.value === "en" ? words?.tie_en : words?.tie) ?? "";
  return `${t("tally.tied", { names: tied.join(", ") })} ${then}`.trim();
}

/** The counts of three choices for their bars. */
export function barsOf(kind: string, tally: Tally): VoteBarsProps["counts"] {
  const { votes_for, votes_against, not_voting, other } = tally;
  if (kind === "opinion") return { agree: votes_for, disagree: votes_against, other };
  return { for: votes_for, against: votes_against, abstain: not_voting };
}

/** "46/60 tán thành, cần 31". */
export function verdictText(kind: string, { votes_for, base_count, needed }: Tally): string {
  const figures = { for: votes_for, base: base_count, needed };
  return kind === "opinion" ? t("tally.verdict.opinion", figures) : t("tally.verdict", figures);
}

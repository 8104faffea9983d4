/** What the paper may say where the stations differ: their own readings first, then everything else that can stand. */

import type { BallotReading, DifferenceView, Invalid, SettleIn } from "@common/types.gen.ts";
import { type Form, INVALID, type Kind } from "../entry/marks.ts";
import { marksInWords, whyInvalid } from "../entry/words.ts";
import { t, word } from "../i18n/index.ts";

/** One possible answer. `keys`: the stations that read it so ("1", "2", "3"), or a letter of its own. */
export interface Option {
  readonly keys: readonly string[];
  readonly reading: BallotReading;
}

const LETTERS: Readonly<Record<Kind, string>> = {
  election_surplus: "ks",
  election_no_surplus: "fabn",
  confidence: "hplmn",
};
/** Letters that carry no other meaning on this page. */
const FREE = ["a", "b", "c", "d", "e", "f", "g", "h"];

export const same = (one: BallotReading, other: BallotReading) =>
  one.marks === other.marks && one.invalid === other.invalid && one.absent === other.absent;

const marks = (text: string): BallotReading => ({ marks: text, invalid: null, absent: false });
const invalid = (why: Invalid): BallotReading => ({ marks: null, invalid: why, absent: false });
const ABSENT: BallotReading = { marks: null, invalid: null, absent: true };

/** See Option. A station's number always chooses what that station read. */
export function optionsOf(difference: DifferenceView, form: Form): readonly Option[] {
  const read: { keys: string[]; reading: BallotReading }[] = [];
  difference.values.forEach((reading, index) => {
    const there = read.find((one) => same(one.reading, reading));
    if (there) there.keys.push(String(index + 1));
    else read.push({ keys: [String(index + 1)], reading });
  });
  const all = difference.line > 0 ? Array.from(LETTERS[form.kind], marks) : [...INVALID.map(invalid), ABSENT];
  const others = all.filter((reading) => !read.some((one) => same(one.reading, reading)));
  return [...read, ...others.map((reading, index) => ({ keys: [FREE[index] ?? ""], reading }))];
}

/** A reading in words. */
export function readingText(
  reading: BallotReading,
  line: number,
  form: Form,
  names: Parameters<typeof marksInWords>[2],
): string {
  if (reading.absent) return t("value.absent");
  if (reading.invalid !== null) return t("value.invalid", { why: word("invalid", reading.invalid) });
  if (line > 0) return word("mark", reading.marks ?? "");
  const why = whyInvalid(form, { marks: reading.marks ?? "", invalid: undefined });
  const words = marksInWords(form, reading.marks ?? "", names);
  return why ? `${t("value.invalid", { why: word("invalid", why) })} · ${words}` : words;
}

/** What the server is told. */
export function settleBody(reading: BallotReading, note: string): SettleIn {
  if (reading.absent) return { absent: true, note };
  return reading.invalid !== null ? { invalid: reading.invalid as Invalid, note } : { marks: reading.marks, note };
}

/** The one to look at next: the first open one after `at`, else the first open one, else none. */
export function nextOpen(list: readonly DifferenceView[], at: number): DifferenceView | undefined {
  const open = (one: DifferenceView) => one.settled === null && !one.pending;
  const from = list.findIndex((one) => one.id === at);
  return list.slice(from + 1).find(open) ?? list.find((one) => open(one) && one.id !== at);
}

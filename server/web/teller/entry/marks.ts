/** What can stand on a paper ballot; the letters are the server's (server/voting/paper/marks.py). */

import type { Invalid } from "@common/types.gen.ts";

export type Kind = "election_surplus" | "election_no_surplus" | "confidence";

/** A line that nobody has entered yet. Never sent. */
export const OPEN = "?";

/** What one key writes on the line under the cursor, by kind. */
export const DIGITS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  election_surplus: {},
  election_no_surplus: { "1": "f", "2": "a", "3": "b", "0": "n" },
  confidence: { "1": "h", "2": "p", "3": "l", "0": "n", "9": "m" },
};

/** The letter that stands on most lines: kept, for, high. */
export const USUAL: Readonly<Record<Kind, string>> = {
  election_surplus: "k",
  election_no_surplus: "f",
  confidence: "h",
};

export const INVALID: readonly Invalid[] = ["not_issued", "too_many", "nobody", "other_names", "other"];

/** One whole ballot: either `marks` (one letter a line) or why it is invalid. */
export interface Reading {
  readonly marks: string;
  readonly invalid: Invalid | undefined;
}

/** What the ballot is made of, and how it is counted. `ignored`: lines whose name withdrew after printing. */
export interface Form {
  readonly kind: Kind;
  readonly seats: number;
  readonly lines: number;
  readonly ignored: ReadonlySet<number>;
}

/** How many lines carry this letter, those of withdrawn names left out. */
export function countOf(form: Form, marks: string, letter: string): number {
  return linesWith(marks, letter).filter((line) => !form.ignored.has(line)).length;
}

/** The lines that carry this letter, from 1. */
export function linesWith(marks: string, letter: string): readonly number[] {
  return Array.from(marks, (mark, at) => (mark === letter ? at + 1 : 0)).filter((line) => line > 0);
}

/**
 * Why these marks make the ballot invalid, so that the teller is told at once; undefined: they do not. The server
 * decides (190-QĐ/TW Điều 30): more names left standing than seats, or none; a ballot of one name needs one box.
 */
export function judged(form: Form, marks: string): Invalid | undefined {
  if (form.kind === "election_surplus") {
    const kept = countOf(form, marks, "k");
    return kept > form.seats ? "too_many" : kept === 0 ? "nobody" : undefined;
  }
  if (form.kind === "confidence") return undefined;
  if (form.lines === 1 && !form.ignored.has(1)) {
    if (marks === "n") return "nobody";
    if (marks === "b") return "other";
  }
  return countOf(form, marks, "f") > form.seats ? "too_many" : undefined;
}

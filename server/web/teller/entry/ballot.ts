/**
 * Entering one paper ballot by keyboard, as a pure function: `press(draft, form, key)` is the next draft, and what the
 * station must do then. Nothing here knows a screen or the server.
 *
 *   number of names struck out   "7 Enter 23 Enter", "7-12 Enter", or the arrows and X; everything else is kept
 *   columns, levels              a digit a line (marks.ts); A fills all lines, Z leaves the rest blank
 *   everywhere                   D a line, P another ballot, I invalid, Backspace back, Enter twice or F9: write it down
 */

import type { Invalid } from "@common/types.gen.ts";
import { DIGITS, type Form, INVALID, OPEN, type Reading, USUAL } from "./marks.ts";

/** What the next digits are: a line to go to, a ballot to look at, a category of invalid ballots. */
export type Asking = "line" | "ballot" | "category";

/** Something the teller must be told in words. */
export type Note =
  | { readonly what: "no-line"; readonly typed: string }
  | { readonly what: "open-lines"; readonly count: number };

interface Step {
  readonly marks: string;
  readonly invalid: Invalid | undefined;
  readonly cursor: number;
}

export interface Draft extends Step {
  /** The ballot's place in the pile, from 1. */
  readonly number: number;
  /** True while an entered ballot is being corrected. */
  readonly replaces: boolean;
  readonly typed: string;
  readonly asking: Asking | undefined;
  /** The last look: one more Enter writes the ballot down. */
  readonly looking: boolean;
  readonly past: readonly Step[];
  readonly note: Note | undefined;
}

/** What the station does after a key. */
export type Deed =
  | { readonly do: "write"; readonly number: number; readonly reading: Reading }
  | { readonly do: "open"; readonly number: number }
  | { readonly do: "leave" };

export interface Pressed {
  readonly draft: Draft;
  readonly deed?: Deed;
}

const MOST_UNDO = 300;
const LONGEST_TYPED = 7; // "100-150"

/** A fresh ballot, or an entered one to look at and correct. */
export function begin(form: Form, number: number, entered?: Reading): Draft {
  const empty = form.kind === "election_surplus" ? USUAL[form.kind] : OPEN;
  return {
    number,
    replaces: entered !== undefined,
    marks: entered?.marks || empty.repeat(form.lines),
    invalid: entered?.invalid,
    cursor: 1,
    typed: "",
    asking: undefined,
    looking: false,
    past: [],
    note: undefined,
  };
}

/** Whether something was entered that is not written down yet. */
export function isTouched(draft: Draft): boolean {
  return draft.past.length > 0;
}

/** What would be written down now. */
export function readingOf(draft: Draft): Reading {
  return draft.invalid === undefined
    ? { marks: draft.marks, invalid: undefined }
    : { marks: "", invalid: draft.invalid };
}

/** How many lines nobody has entered yet; an invalid ballot needs none. */
export function openLines(draft: Draft): number {
  return draft.invalid === undefined ? draft.marks.split(OPEN).length - 1 : 0;
}

const at = (form: Form, line: number) => Math.min(form.lines, Math.max(1, line));

/** Something changed: it can be undone, and the last look is over. */
function change(draft: Draft, next: Partial<Step>): Draft {
  const { marks, invalid, cursor } = draft;
  const past = [...draft.past.slice(1 - MOST_UNDO), { marks, invalid, cursor }];
  return { ...draft, ...next, past, looking: false, note: undefined, typed: "", asking: undefined };
}

function marked(marks: string, line: number, mark: string): string {
  return marks.slice(0, line - 1) + mark + marks.slice(line);
}

function undo(draft: Draft): Draft {
  if (draft.typed !== "") return { ...draft, typed: draft.typed.slice(0, -1) };
  if (draft.asking !== undefined) return { ...draft, asking: undefined };
  const before = draft.past.at(-1);
  if (before === undefined) return { ...draft, looking: false, note: undefined };
  return { ...draft, ...before, past: draft.past.slice(0, -1), looking: false, note: undefined };
}

/** Strike one name out, or let it stand again. */
function toggle(draft: Draft, line: number): Draft {
  const mark = draft.marks[line - 1] === "s" ? "k" : "s";
  return change(draft, { marks: marked(draft.marks, line, mark), invalid: undefined, cursor: line });
}

/** The lines of "7" or "7-12"; undefined when there are none such. */
function linesOf(typed: string, form: Form): readonly number[] | undefined {
  const [first, last] = typed.split("-").map(Number);
  const to = last ?? first;
  if (first === undefined || to === undefined || first < 1 || to > form.lines || first > to) return undefined;
  return Array.from({ length: to - first + 1 }, (_, index) => first + index);
}

/** Carry out what was typed before Enter. */
function applyTyped(draft: Draft, form: Form): Pressed {
  const quiet: Draft = { ...draft, typed: "", asking: undefined, looking: false, note: undefined };
  const { typed, asking } = draft;
  if (typed === "") return { draft: quiet };
  if (asking === "ballot") return { draft: quiet, deed: { do: "open", number: Number(typed) } };
  const lines = linesOf(typed, form);
  if (lines === undefined) return { draft: { ...quiet, note: { what: "no-line", typed } } };
  const first = lines[0] ?? 1;
  if (asking === "line") return { draft: { ...quiet, cursor: first } };
  if (lines.length === 1) return { draft: toggle(draft, first) };
  const marks = lines.reduce((text, line) => marked(text, line, "s"), draft.marks);
  return { draft: change(draft, { marks, invalid: undefined, cursor: lines.at(-1) ?? first }) };
}

function missing(draft: Draft): Draft {
  const cursor = draft.marks.indexOf(OPEN) + 1;
  return { ...draft, cursor, looking: false, note: { what: "open-lines", count: openLines(draft) } };
}

/** Enter: what was typed; else the last look; else write it down. F9 needs no last look at what was entered just now. */
function enter(draft: Draft, form: Form, atOnce: boolean): Pressed {
  if (draft.typed !== "" || draft.asking !== undefined) return applyTyped(draft, form);
  if (openLines(draft) > 0) return { draft: missing(draft) };
  if (!draft.looking && !(atOnce && isTouched(draft))) return { draft: { ...draft, looking: true, note: undefined } };
  return { draft, deed: { do: "write", number: draft.number, reading: readingOf(draft) } };
}

/** A digit, or the dash of a range. */
function type(draft: Draft, form: Form, key: string): Draft {
  if (draft.asking === "category") {
    const invalid = INVALID[Number(key) - 1];
    return invalid === undefined ? draft : { ...change(draft, { invalid }), looking: true };
  }
  if (draft.asking !== undefined || form.kind === "election_surplus") {
    const typed = key === "-" && draft.typed === "" ? "" : (draft.typed + key).slice(0, LONGEST_TYPED);
    return { ...draft, typed, looking: false, note: undefined };
  }
  const mark = DIGITS[form.kind][key];
  if (mark === undefined) return draft;
  const { cursor } = draft;
  return change(draft, { marks: marked(draft.marks, cursor, mark), invalid: undefined, cursor: at(form, cursor + 1) });
}

function stepBack(draft: Draft): Pressed {
  if (draft.typed !== "" || draft.asking !== undefined || draft.looking || draft.note !== undefined) {
    return { draft: { ...draft, typed: "", asking: undefined, looking: false, note: undefined } };
  }
  return draft.replaces ? { draft, deed: { do: "leave" } } : { draft };
}

/** Fill all lines with what most ballots say; with names to strike out: let all stand. */
function fillAll(draft: Draft, form: Form): Draft {
  return change(draft, { marks: USUAL[form.kind].repeat(form.lines), invalid: undefined, cursor: 1 });
}

function ask(draft: Draft, asking: Asking): Draft {
  return { ...draft, asking, typed: "", looking: false, note: undefined };
}

/** I: choose why it is invalid; once more: it is valid after all. */
function invalidate(draft: Draft): Draft {
  return draft.invalid === undefined ? ask(draft, "category") : change(draft, { invalid: undefined });
}

const MOVES: Readonly<Record<string, (line: number, rows: number, form: Form) => number>> = {
  ArrowUp: (line) => line - 1,
  ArrowDown: (line) => line + 1,
  ArrowLeft: (line, rows) => (line > rows ? line - rows : line),
  ArrowRight: (line, rows, form) => (line + rows <= form.lines ? line + rows : line),
  Home: () => 1,
  End: (_line, _rows, form) => form.lines,
};

function letter(draft: Draft, form: Form, key: string): Draft {
  const surplus = form.kind === "election_surplus";
  if (key === "a") return fillAll(draft, form);
  if ((key === "x" || key === " ") && surplus) return toggle(draft, draft.cursor);
  if (key === "z" && !surplus) return change(draft, { marks: draft.marks.replaceAll(OPEN, "n"), invalid: undefined });
  if (key === "d" || key === "/") return ask(draft, "line");
  if (key === "p" || key === "*") return ask(draft, "ballot");
  return key === "i" ? invalidate(draft) : draft;
}

/** One key. `rows`: how many lines stand below each other, for going left and right. */
export function press(draft: Draft, form: Form, key: string, rows = form.lines): Pressed {
  if (key === "Enter" || key === "F9") return enter(draft, form, key === "F9");
  if (key === "Escape") return stepBack(draft);
  if (key === "Backspace") return { draft: undo(draft) };
  if (/^[0-9-]$/.test(key)) return { draft: type(draft, form, key) };
  const move = MOVES[key];
  if (move === undefined) return { draft: letter(draft, form, key) };
  return { draft: { ...draft, cursor: at(form, move(draft.cursor, rows, form)), looking: false, note: undefined } };
}

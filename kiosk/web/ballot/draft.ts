/** What a delegate has marked on this screen and not yet cast, and how a ballot is written and read back. */

import { LEVELS, type Level } from "@common/components/ResultRows.tsx";
import type { BallotIn, PollView } from "@common/types.gen.ts";

export type Choice = "for" | "against" | "not_voting" | "other";
type Asked = Pick<PollView, "kind" | "options" | "choose_most">;

/** The choices of a motion and of an opinion, in the one order they have everywhere. */
export const MOTION = ["for", "against", "not_voting"] as const;
export const OPINION = ["for", "against", "other"] as const;

/** Marks so far. `ready`: the delegate says that they are complete, so they are read back to him before they are cast. */
export interface Draft {
  readonly choice: Choice | undefined;
  readonly opinion: string;
  /** Numbers of options from 1, in the order they were touched. */
  readonly options: readonly number[];
  /** A level for each name, by its place from 0. */
  readonly levels: Readonly<Record<number, Level>>;
  readonly ready: boolean;
}

export const EMPTY: Draft = { choice: undefined, opinion: "", options: [], levels: {}, ready: false };

/** What may stand on a ballot of this kind. */
export function choicesOf(poll: Pick<Asked, "kind">): readonly Choice[] {
  return poll.kind === "opinion" ? OPINION : MOTION;
}

/** Whether the ballot lists options or names rather than three choices. */
export function isLong(poll: Asked): boolean {
  return poll.kind === "choice" || poll.kind === "confidence";
}

/** How many options may be chosen. */
export function mostOf(poll: Asked): number {
  return poll.choose_most ?? 1;
}

/** Mark an option or take the mark away; where one only may be chosen, another takes its place. None over the limit. */
export function toggled(draft: Draft, option: number, most: number): Draft {
  if (draft.options.includes(option)) return { ...draft, options: draft.options.filter((one) => one !== option) };
  if (most === 1) return { ...draft, options: [option] };
  return draft.options.length >= most ? draft : { ...draft, options: [...draft.options, option] };
}

/** The first name without a level, by its place from 0; undefined when all have one. */
export function firstMissing(draft: Draft, names: number): number | undefined {
  for (let place = 0; place < names; place += 1) if (draft.levels[place] === undefined) return place;
  return undefined;
}

/** Whether the marks can be cast as they are. A list may be cast without a mark; names all need their level. */
export function isComplete(poll: Asked, draft: Draft): boolean {
  if (poll.kind === "choice") return draft.options.length <= mostOf(poll);
  if (poll.kind === "confidence") return firstMissing(draft, poll.options.length) === undefined;
  return draft.choice !== undefined && (draft.choice !== "other" || draft.opinion.trim() !== "");
}

/** The ballot as it is sent. */
export function bodyOf(poll: Asked, draft: Draft): BallotIn {
  if (poll.kind === "choice") return { options: [...draft.options].sort((a, b) => a - b) };
  if (poll.kind === "confidence") return { levels: poll.options.map((_, place) => draft.levels[place] ?? "plain") };
  return { choice: draft.choice ?? null, opinion: draft.choice === "other" ? draft.opinion.trim() : "" };
}

/** What a ballot says, whether marked here, on its way or recorded. */
export type Said =
  | { readonly kind: "one"; readonly choice: Choice; readonly opinion: string }
  | { readonly kind: "options"; readonly options: readonly number[] }
  | { readonly kind: "levels"; readonly levels: readonly Level[] };

/** Read a ballot that was sent. */
export function saidIn(body: BallotIn): Said {
  if (body.options != null) return { kind: "options", options: body.options };
  if (body.levels != null) return { kind: "levels", levels: body.levels };
  return { kind: "one", choice: body.choice ?? "not_voting", opinion: body.opinion ?? "" };
}

/** Read a recorded choice: "for", "1,4", "none" or "high,low". */
export function recorded(poll: Pick<Asked, "kind">, choice: string, opinion: string): Said {
  const parts = choice === "none" ? [] : choice.split(",");
  if (poll.kind === "choice") return { kind: "options", options: parts.map(Number) };
  if (poll.kind === "confidence") {
    return { kind: "levels", levels: parts.map((part) => LEVELS.find((level) => level === part) ?? "plain") };
  }
  return { kind: "one", choice: [...MOTION, "other" as const].find((one) => one === choice) ?? "not_voting", opinion };
}

/** The marks of a recorded ballot, to be changed. */
export function draftOf(said: Said): Draft {
  if (said.kind === "options") return { ...EMPTY, options: said.options };
  if (said.kind === "levels") return { ...EMPTY, levels: Object.fromEntries(said.levels.entries()) };
  return { ...EMPTY, opinion: said.opinion };
}

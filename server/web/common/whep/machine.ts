/**
 * What a viewing of the relay goes through, as a pure function: nothing here knows WebRTC, time or chance.
 *
 *     closed → offering → joining → playing ⇄ stalled → waiting → offering …
 *                                    playing ⇄ listening (the line carries sound only)
 */

import type { Problem } from "../api/problem.ts";

export type Phase = "closed" | "offering" | "joining" | "playing" | "stalled" | "listening" | "waiting";

/** A viewing now. All times are milliseconds of one clock that never goes back. */
export interface State {
  readonly phase: Phase;
  /** When this phase began. */
  readonly since: number;
  /** When the last picture came; undefined before the first one ever. */
  readonly pictureAt: number | undefined;
  /** When sound last came, in this connection. */
  readonly soundAt: number | undefined;
  /** Attempts since pictures last ran steadily. */
  readonly tries: number;
  /** In `waiting`: when the next attempt is made. */
  readonly wakeAt: number | undefined;
  /** Why the last attempt was refused; undefined when there was no answer, or none was asked. */
  readonly problem: Problem | undefined;
}

export type Happened =
  | { readonly what: "open" | "close" | "answered" | "picture" | "sound" | "lost" | "tick" | "again" }
  | { readonly what: "refused"; readonly problem: Problem };

/** What the owner has to do: make an offer, or end the connection there is. */
export type Deed = "offer" | "hangUp";

export interface Step {
  readonly state: State;
  readonly deeds: readonly Deed[];
}

/** Without a picture for so long the screen says so. A change of source (700 ms and up to the next IDR) stays silent. */
export const STALLED_MS = 1_500;
/** Without a picture for so long the connection is made anew. */
export const GIVE_UP_MS = 4_000;
/** An offer without an answer, and an answer without a picture or sound. */
export const ANSWER_MS = 10_000;
export const JOIN_MS = 8_000;
/** Pictures that ran so long end a series of attempts. */
export const STEADY_MS = 10_000;

const FIRST_PAUSE_MS = 300; // all viewers of a process that died come back spread over it
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
const REFUSED_PAUSE_MS = 5_000;

export const CLOSED: State = {
  phase: "closed",
  since: 0,
  pictureAt: undefined,
  soundAt: undefined,
  tries: 0,
  wakeAt: undefined,
  problem: undefined,
};

/** Milliseconds before attempt number `tries` (from 1); `chance` is from 0 to 1. */
export function pauseBefore(tries: number, refused: boolean, chance: number): number {
  if (refused) return REFUSED_PAUSE_MS * (1 + chance);
  if (tries <= 1) return FIRST_PAUSE_MS * chance;
  return Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (tries - 1)) * (0.5 + chance / 2);
}

const to = (state: State, phase: Phase, now: number, more: Partial<State> = {}): State => ({
  ...state,
  phase,
  since: now,
  ...more,
});

const still = (state: State): Step => ({ state, deeds: [] });

function offer(state: State, now: number): Step {
  return { state: to(state, "offering", now, { wakeAt: undefined, soundAt: undefined }), deeds: ["offer"] };
}

function wait(state: State, now: number, chance: number, problem: Problem | undefined): Step {
  const tries = state.tries + 1;
  // A refusal that time alone may heal (no answer, a server that restarts) is tried again soon.
  const refused = problem !== undefined && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  const wakeAt = now + pauseBefore(tries, refused, chance);
  return { state: to(state, "waiting", now, { tries, wakeAt, problem }), deeds: ["hangUp"] };
}

function picture(state: State, now: number): Step {
  if (state.phase === "closed" || state.phase === "waiting" || state.phase === "offering") return still(state);
  const seen = { pictureAt: now, problem: undefined };
  if (state.phase !== "playing") return still(to(state, "playing", now, seen));
  return still({ ...state, ...seen, tries: now - state.since >= STEADY_MS ? 0 : state.tries });
}

function sound(state: State, now: number): Step {
  if (state.phase === "closed" || state.phase === "waiting" || state.phase === "offering") return still(state);
  return still({ ...state, soundAt: now });
}

const silent = (state: State, now: number, most: number) => state.soundAt === undefined || now - state.soundAt > most;

type Passing = (state: State, now: number, chance: number) => Step;

/** What the passing of time does in each phase. */
const PASSING: Readonly<Record<Phase, Passing>> = {
  closed: still,
  waiting: (state, now) => (now >= (state.wakeAt ?? 0) ? offer(state, now) : still(state)),
  offering: (state, now, chance) =>
    now - state.since > ANSWER_MS ? wait(state, now, chance, undefined) : still(state),
  joining: (state, now, chance) => {
    const spent = now - state.since;
    if (spent > STALLED_MS * 2 && !silent(state, now, STALLED_MS)) return still(to(state, "listening", now));
    return spent > JOIN_MS ? wait(state, now, chance, undefined) : still(state);
  },
  playing: (state, now) =>
    now - (state.pictureAt ?? now) > STALLED_MS ? still(to(state, "stalled", now)) : still(state),
  stalled: (state, now, chance) => {
    if (now - (state.pictureAt ?? state.since) <= GIVE_UP_MS) return still(state);
    if (silent(state, now, STALLED_MS)) return wait(state, now, chance, undefined);
    return still(to(state, "listening", now, { tries: 0 }));
  },
  listening: (state, now, chance) =>
    silent(state, now, GIVE_UP_MS) ? wait(state, now, chance, undefined) : still(state),
};

/** The next state and what has to be done. `chance` (0 to 1) spreads the attempts of many viewers. */
export function next(state: State, happened: Happened, now: number, chance: number): Step {
  switch (happened.what) {
    case "open":
      return state.phase === "closed" ? offer({ ...CLOSED, pictureAt: state.pictureAt }, now) : still(state);
    case "close":
      return state.phase === "closed"
        ? still(state)
        : { state: { ...CLOSED, since: now, pictureAt: state.pictureAt }, deeds: ["hangUp"] };
    case "again":
      return state.phase === "waiting" ? offer({ ...state, tries: 0 }, now) : still(state);
    case "answered":
      return state.phase === "offering" ? still(to(state, "joining", now, { problem: undefined })) : still(state);
    case "refused":
      return state.phase === "offering" ? wait(state, now, chance, happened.problem) : still(state);
    case "lost":
      return state.phase === "closed" || state.phase === "waiting" ? still(state) : wait(state, now, chance, undefined);
    case "picture":
      return picture(state, now);
    case "sound":
      return sound(state, now);
    default:
      return PASSING[state.phase](state, now, chance);
  }
}

/**
 * What the ballot screen shows, as one pure decision from what the server said and what the delegate did here.
 * The `vote` topic holds the open poll, else the one closed or published last; a poll that was open and is gone has ended as well.
 */

import type { SendState } from "@common/api/index.ts";
import type { MeView, OwnBallot, PollView, Receipt } from "@common/types.gen.ts";
import type { Draft } from "./draft.ts";

/** Published results are still news for this long when a seat is opened late, in ms. */
const NEWS_MS = 3 * 60_000;

export interface Facts {
  /** From the topic `vote`. */
  readonly poll: PollView | null;
  /** The poll this seat last saw open. */
  readonly seen: PollView | undefined;
  readonly me: MeView | undefined;
  /** The write under way for the poll that matters here. */
  readonly sending: SendState<Receipt> | undefined;
  /** Marked on this screen, not yet cast. */
  readonly draft: Draft;
  /** The delegate asked to change a ballot that was recorded. */
  readonly changing: boolean;
  /** Server time, epoch ms. */
  readonly now: number;
}

export type Stage =
  | { readonly kind: "none" }
  | { readonly kind: "checking" | "choose"; readonly poll: PollView }
  | { readonly kind: "cannot"; readonly poll: PollView; readonly me: MeView }
  | { readonly kind: "confirm"; readonly poll: PollView; readonly draft: Draft }
  | { readonly kind: "sending"; readonly poll: PollView; readonly state: SendState<Receipt> }
  | { readonly kind: "receipt"; readonly poll: PollView; readonly ballot: OwnBallot }
  | { readonly kind: "ended" | "result" | "annulled"; readonly poll: PollView; readonly ballot: OwnBallot | undefined };

/** The poll that this screen is about; undefined when there is none. */
export function pollOf({ poll, seen, now }: Pick<Facts, "poll" | "seen" | "now">): PollView | undefined {
  if (poll?.state === "open") return poll;
  if (seen !== undefined && (poll === null || poll.id !== seen.id)) return seen;
  if (poll === null) return undefined;
  const fresh = poll.state === "published" && now - (poll.closed_ms ?? 0) < NEWS_MS;
  const news = poll.id === seen?.id || fresh;
  return news ? poll : undefined;
}

/**
 * One's own recorded ballot: what the server's topic says, or its newer answer to us. The answer does not repeat what was
 * written; the topic brings it.
 */
export function ballotOf(poll: PollView, me: MeView | undefined, sending: Facts["sending"]): OwnBallot | undefined {
  const told = me?.ballot?.poll_id === poll.id ? me.ballot : undefined;
  const answer = sending?.step === "done" && sending.answer.poll_id === poll.id ? sending.answer : undefined;
  if (answer === undefined || (told !== undefined && answer.cast_ms <= told.cast_ms)) return told;
  const { poll_id, choice, cast_ms } = answer;
  return { poll_id, choice, cast_ms, opinion: "", reserved: told?.reserved ?? false };
}

/** See Stage. */
export function stageOf(facts: Facts): Stage {
  const poll = pollOf(facts);
  if (poll === undefined) return { kind: "none" };
  const { sending } = facts;
  const ballot = ballotOf(poll, facts.me, sending);
  const open = facts.poll?.id === poll.id && facts.poll.state === "open";
  if (!open) return { kind: endOf(poll), poll, ballot };
  if (sending !== undefined && sending.step !== "done") return { kind: "sending", poll, state: sending };
  return opened(facts, poll, ballot);
}

function endOf(poll: PollView): "ended" | "result" | "annulled" {
  if (poll.state === "annulled") return "annulled";
  return poll.state === "published" ? "result" : "ended";
}

function opened(facts: Facts, poll: PollView, ballot: OwnBallot | undefined): Stage {
  const { me, draft, changing } = facts;
  if (ballot !== undefined && !(changing && poll.changeable)) return { kind: "receipt", poll, ballot };
  if (me === undefined) return { kind: "checking", poll };
  if (!me.standing.may_vote && ballot === undefined) return { kind: "cannot", poll, me };
  return draft.ready ? { kind: "confirm", poll, draft } : { kind: "choose", poll };
}

/** Whether the delegate may put this stage aside and go back to the papers. */
export function mayLeave(stage: Stage): boolean {
  return ["cannot", "receipt", "ended", "result", "annulled"].includes(stage.kind);
}

/** Whether a vote needs the screen now. */
export function isPressing(stage: Stage): boolean {
  return ["choose", "confirm", "sending", "checking"].includes(stage.kind);
}

/** Whether this ballot's owner may keep another opinion on record. */
export function mayReserve(poll: Pick<PollView, "may_reserve" | "state">, ballot: OwnBallot | undefined): boolean {
  return poll.may_reserve && poll.state !== "annulled" && ballot !== undefined && ballot.choice !== "for";
}

/**
 * What the ballot screen shows, as one pure decision from what the server said and what the delegate did here.
 * The `vote` topic holds the open poll, else the one closed or published last; a poll that was open and is gone has ended as well.
 */

import type { SendState } from "@common/api/index.ts";
import type { MeView, OwnBallot, PollView, Receipt } from "@common/types.gen.ts";

/** The three choices in the one order they have everywhere. */
export const CHOICES = ["for", "against", "not_voting"] as const;
export type Choice = (typeof CHOICES)[number];

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
  /** Chosen on this screen, not yet cast. */
  readonly chosen: Choice | undefined;
  /** The delegate asked to change a ballot that was recorded. */
  readonly changing: boolean;
  /** Server time, epoch ms. */
  readonly now: number;
}

export type Stage =
  | { readonly kind: "none" }
  | { readonly kind: "checking" | "choose"; readonly poll: PollView }
  | { readonly kind: "cannot"; readonly poll: PollView; readonly me: MeView }
  | { readonly kind: "confirm"; readonly poll: PollView; readonly choice: Choice }
  | { readonly kind: "sending"; readonly poll: PollView; readonly state: SendState<Receipt> }
  | { readonly kind: "receipt"; readonly poll: PollView; readonly ballot: OwnBallot }
  | { readonly kind: "ended" | "result"; readonly poll: PollView; readonly ballot: OwnBallot | undefined };

/** The poll that this screen is about; undefined when there is none. */
export function pollOf({ poll, seen, now }: Pick<Facts, "poll" | "seen" | "now">): PollView | undefined {
  if (poll?.state === "open") return poll;
  if (seen !== undefined && (poll === null || poll.id !== seen.id)) return seen;
  if (poll === null) return undefined;
  const fresh = poll.state === "published" && now - (poll.closed_ms ?? 0) < NEWS_MS;
  const news = poll.id === seen?.id || fresh;
  return news ? poll : undefined;
}

/** One's own recorded ballot: what the server's topic says, or its newer answer to us. */
export function ballotOf(poll: PollView, me: MeView | undefined, sending: Facts["sending"]): OwnBallot | undefined {
  const told = me?.ballot?.poll_id === poll.id ? me.ballot : undefined;
  const answered = sending?.step === "done" && sending.answer.poll_id === poll.id ? sending.answer : undefined;
  if (told === undefined || answered === undefined) return told ?? answered;
  return answered.cast_ms > told.cast_ms ? answered : told;
}

/** See Stage. */
export function stageOf(facts: Facts): Stage {
  const poll = pollOf(facts);
  if (poll === undefined) return { kind: "none" };
  const { sending } = facts;
  const ballot = ballotOf(poll, facts.me, sending);
  const open = facts.poll?.id === poll.id && facts.poll.state === "open";
  if (!open) return { kind: poll.state === "published" ? "result" : "ended", poll, ballot };
  if (sending !== undefined && sending.step !== "done") return { kind: "sending", poll, state: sending };
  return opened(facts, poll, ballot);
}

function opened(facts: Facts, poll: PollView, ballot: OwnBallot | undefined): Stage {
  const { me, chosen, changing } = facts;
  if (ballot !== undefined && !(changing && poll.changeable)) return { kind: "receipt", poll, ballot };
  if (me === undefined) return { kind: "checking", poll };
  if (!me.standing.may_vote && ballot === undefined) return { kind: "cannot", poll, me };
  return chosen === undefined ? { kind: "choose", poll } : { kind: "confirm", poll, choice: chosen };
}

/** Whether the delegate may put this stage aside and go back to the papers. */
export function mayLeave(stage: Stage): boolean {
  return ["cannot", "receipt", "ended", "result"].includes(stage.kind);
}

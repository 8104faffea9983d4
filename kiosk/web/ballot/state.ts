/** The ballot at this seat: what was seen, what was marked, what is being sent. Survives a reload of the page. */

import { type Sending, send, sendingFor } from "@common/api/index.ts";
import { remember, remembered } from "@common/storage.ts";
import type { PollView, Receipt } from "@common/types.gen.ts";
import { computed, signal } from "@preact/signals";
import { sitter } from "../who.ts";
import { bodyOf, type Draft, EMPTY } from "./draft.ts";
import type { Stage } from "./stage.ts";

const SEEN = "nghisu-seat-poll";
const ASIDE = "nghisu-seat-aside";

function rememberedPoll(): PollView | undefined {
  try {
    return (JSON.parse(remembered(SEEN, "session") ?? "null") as PollView | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The poll this seat last saw open (or its published form). */
export const seen = signal<PollView | undefined>(rememberedPoll());
export const draft = signal<Draft>(EMPTY);
export const changing = signal(false);

/** A reserved opinion that is being written; it waits while another vote needs the screen. */
export const reserving = signal<{ readonly poll: Pick<PollView, "id" | "title">; readonly text: string } | undefined>(
  undefined,
);

/** What the delegate put aside: poll and stage, so that the next stage comes to the front again. */
const aside = signal<string | undefined>(remembered(ASIDE, "session"));

/** Bumped whenever a write begins or is dropped, because the table of writes is not a signal. */
const writes = signal(0);

const purpose = (pollId: number) => `ballot/${pollId}`;

/** Keys of writes that are no longer shown: refusals the delegate has read, ballots of a former delegate. */
const ignored = signal<readonly string[]>([]);

/** The write under way for a poll, or just finished. */
export function sendingOf(pollId: number): Sending<Receipt> | undefined {
  void writes.value;
  const found = sendingFor<Receipt>(purpose(pollId));
  return found !== undefined && ignored.value.includes(found.key) ? undefined : found;
}

/** Note a poll from the topic; what was chosen for another poll is forgotten. */
export function note(poll: PollView | null): void {
  const before = seen.peek();
  if (poll === null || (poll.state !== "open" && poll.id !== before?.id)) return;
  if (poll.id !== before?.id) {
    draft.value = EMPTY;
    changing.value = false;
  }
  seen.value = poll;
  // Not for every ballot that comes in elsewhere: what must survive a reload is which poll it was.
  if (poll.id !== before?.id || poll.state !== before.state) remember(SEEN, JSON.stringify(poll), "session");
}

/** Change the marks. */
export function mark(more: Partial<Draft>): void {
  draft.value = { ...draft.peek(), ...more };
}

/** Cast the marked ballot. It is tried with one key until the server has answered. */
export function cast(poll: PollView): void {
  const meetingId = sitter.peek()?.meetingId;
  if (meetingId === undefined) return;
  send<Receipt>(
    purpose(poll.id),
    "POST",
    `/api/meetings/${meetingId}/polls/${poll.id}/ballot`,
    bodyOf(poll, draft.peek()),
  );
  draft.value = EMPTY;
  changing.value = false;
  writes.value += 1;
}

/** Stop a write and show it no more: after a refusal was read, or when another delegate sits down. */
export function drop(pollId: number): void {
  const found = sendingOf(pollId);
  if (found === undefined) return;
  found.cancel();
  ignored.value = [...ignored.peek(), found.key];
}

/** A refused write is sent again once the delegate has signed in again. */
export function retryAll(): void {
  const poll = seen.peek();
  if (poll !== undefined) sendingOf(poll.id)?.retry();
}

const nameOf = (stage: Stage) => ("poll" in stage ? `${stage.poll.id} ${stage.kind}` : undefined);

/** Whether this stage was put aside. Who went back to the papers is not fetched again only because the poll ended. */
export function isAside(stage: Stage): boolean {
  const name = nameOf(stage);
  if (name === undefined || aside.value === undefined) return false;
  if (stage.kind === "ended") return aside.value.split(" ")[0] === name.split(" ")[0];
  return name === aside.value;
}

/** Put a stage aside, or bring it back with undefined. */
export function putAside(stage: Stage | undefined): void {
  aside.value = stage && nameOf(stage);
  remember(ASIDE, aside.value, "session");
}

/** Forget everything about ballots: somebody else will sit here. Nothing unsent goes out in another's name. */
export function forgetBallots(): void {
  const poll = seen.peek();
  if (poll !== undefined) drop(poll.id);
  seen.value = undefined;
  remember(SEEN, undefined, "session");
  draft.value = EMPTY;
  changing.value = false;
  reserving.value = undefined;
  putAside(undefined);
}

/** Whether a ballot of this seat has not been acknowledged yet. */
export const unsent = computed(() => {
  const poll = seen.value;
  const step = poll && sendingOf(poll.id)?.state.value.step;
  return step === "sending" || step === "waiting";
});

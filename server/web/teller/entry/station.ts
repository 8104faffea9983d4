/** One station at work: its ballot form, what it has entered, and the queue of what the server does not have yet. */

import { asProblem, type Problem } from "@common/api/index.ts";
import type { EntriesStored, Invalid, StationBallots } from "@common/types.gen.ts";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { ballotsPath, ownStation, removeBallot } from "../calls.ts";
import type { Form, Kind, Reading } from "./marks.ts";
import { EntryQueue, type QueueState, type Waiting } from "./queue.ts";

/** A ballot as this station has it. `judged`: why the server finds it invalid; undefined until it has said. */
export interface Entered extends Reading {
  readonly judged: Invalid | null | undefined;
}

const REFRESH_MS = 20_000;

export class StationWork {
  readonly sheet = signal<StationBallots | undefined>(undefined);
  readonly problem = signal<Problem | undefined>(undefined);
  /** Every ballot of this station, sent or not, by number. */
  readonly entered = signal<ReadonlyMap<number, Entered>>(new Map());
  /** The first number that has no ballot. */
  readonly next = computed(() => {
    let number = 1;
    while (this.entered.value.has(number)) number += 1;
    return number;
  });
  readonly form = computed<Form | undefined>(() => {
    const sheet = this.sheet.value;
    return (
      sheet && {
        kind: sheet.kind as Kind,
        seats: sheet.seats,
        lines: sheet.lines.length,
        ignored: new Set(sheet.lines.filter((one) => !one.counts).map((one) => one.line)),
      }
    );
  });
  private readonly queue: EntryQueue;
  private answers = 0;
  private asked = 0;

  constructor(
    readonly vote: number,
    readonly number: number,
    participant: number,
  ) {
    this.queue = new EntryQueue({
      name: `${vote}-${number}-${participant}`,
      path: ballotsPath(vote, number),
      onStored: (answer) => this.stored(answer),
    });
    this.overlay(this.queue.pending());
    void this.load();
  }

  get sending(): ReadonlySignal<QueueState> {
    return this.queue.state;
  }

  /** Ask the server again: names may have withdrawn, the number handed out may have changed. */
  async load(): Promise<void> {
    const before = this.answers;
    this.asked = Date.now();
    try {
      const sheet = await ownStation(this.vote, this.number);
      this.problem.value = undefined;
      this.sheet.value = sheet;
      if (before !== this.answers) return; // something was stored meanwhile: this picture is older than ours
      this.entered.value = new Map(
        sheet.ballots.map((one) => [
          one.number,
          { marks: one.marks, invalid: invalidOf(one.invalid), judged: one.judged as Invalid | null },
        ]),
      );
      this.overlay(this.queue.pending());
    } catch (error) {
      this.problem.value = asProblem(error);
    }
  }

  /** Somebody somewhere entered or changed something; now and then that is worth a look. */
  refresh(): void {
    if (Date.now() - this.asked > REFRESH_MS) void this.load();
  }

  /** Write a ballot down: here at once, at the server as soon as the line allows. */
  write(number: number, reading: Reading): void {
    const ballot = { number, ...reading };
    this.queue.add(ballot);
    this.overlay([ballot]);
  }

  /** Take back the last ballot. Raises `Refusal`. */
  async removeLast(number: number): Promise<void> {
    await removeBallot(this.vote, this.number, number);
    this.answers += 1;
    const left = new Map(this.entered.peek());
    left.delete(number);
    this.entered.value = left;
  }

  retry(): void {
    this.queue.retry();
  }

  drop(): void {
    this.queue.drop();
    void this.load();
  }

  stop(): void {
    this.queue.stop();
  }

  private overlay(ballots: readonly Waiting[]): void {
    const all = new Map(this.entered.peek());
    for (const { number, marks, invalid } of ballots) all.set(number, { marks, invalid, judged: undefined });
    this.entered.value = all;
  }

  private stored(answer: EntriesStored): void {
    this.answers += 1;
    const still = new Set(this.queue.pending().map((one) => one.number));
    const all = new Map(this.entered.peek());
    for (const { number, judged } of answer.ballots) {
      const ours = all.get(number);
      if (ours !== undefined && !still.has(number)) all.set(number, { ...ours, judged: judged as Invalid | null });
    }
    this.entered.value = all;
  }
}

function invalidOf(text: string | null): Invalid | undefined {
  return (text as Invalid | null) ?? undefined;
}

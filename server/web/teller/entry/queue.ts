/**
 * Ballots on their way to the server. They are kept on this device until the server has answered, so that neither a
 * lost line nor a reload loses one. One request is in the air at a time, with up to fifty ballots, and is repeated with
 * its own key until it is answered: a newer value of a ballot can never be overtaken by an older one.
 */

import { newKey, type Problem, put, Refusal } from "@common/api/index.ts";
import { worthRetrying } from "@common/api/request.ts";
import { remember, remembered } from "@common/storage.ts";
import type { EntriesStored } from "@common/types.gen.ts";
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Reading } from "./marks.ts";

/** One ballot as it is sent. */
export interface Waiting extends Reading {
  readonly number: number;
}

/** How far the queue is. `since`: this device's clock, when the line was first found wanting. */
export interface QueueState {
  readonly waiting: number;
  readonly since: number | undefined;
  readonly problem: Problem | undefined;
  /** The server said no: nothing more is sent until `retry`. */
  readonly refused: boolean;
}

interface Batch {
  readonly key: string;
  readonly ballots: readonly Waiting[];
}

interface Kept {
  readonly batch: Batch | undefined;
  readonly waiting: readonly Waiting[];
}

const MOST = 50;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;

export interface QueueOptions {
  /** Whose ballots these are: vote, station and teller. */
  readonly name: string;
  /** Where they are put. */
  readonly path: string;
  readonly onStored?: (answer: EntriesStored) => void;
}

/** The queue of one station. */
export class EntryQueue {
  private waiting: Waiting[] = [];
  private batch: Batch | undefined;
  private running = false;
  private stopped = false;
  private wake: () => void = () => undefined;
  private alone = false; // after a refusal ballots go one by one, so that only the faulty one is held up
  private readonly current = signal<QueueState>({ waiting: 0, since: undefined, problem: undefined, refused: false });

  constructor(private readonly options: QueueOptions) {
    const kept = readKept(this.store);
    this.batch = kept.batch;
    this.waiting = [...kept.waiting];
    this.tell({});
    globalThis.addEventListener?.("online", this.hurry);
    void this.run();
  }

  get state(): ReadonlySignal<QueueState> {
    return this.current;
  }

  /** Everything the server has not acknowledged, the newest value of each ballot. */
  pending(): readonly Waiting[] {
    const all = new Map([...(this.batch?.ballots ?? []), ...this.waiting].map((one) => [one.number, one]));
    return [...all.values()];
  }

  /** Take a ballot; it is on this device when this returns. */
  add(ballot: Waiting): void {
    this.waiting = [...this.waiting.filter((one) => one.number !== ballot.number), ballot];
    this.save();
    this.tell({ refused: false }); // it may be the correction that the server waits for
    void this.run();
  }

  /** Throw away what waits: the server will never take it (another teller holds the station now). */
  drop(): void {
    this.waiting = [];
    this.batch = undefined;
    this.save();
    this.tell({ refused: false, problem: undefined, since: undefined });
  }

  /** After a refusal (signed out, the station is another's): try the same again. */
  retry(): void {
    this.tell({ refused: false, problem: undefined });
    void this.run();
  }

  /** Hang up. What waits stays on this device. */
  stop(): void {
    this.stopped = true;
    globalThis.removeEventListener?.("online", this.hurry);
    this.wake();
  }

  private readonly hurry = () => this.wake();

  private get store(): string {
    return `nghisu-teller-${this.options.name}`;
  }

  private save(): void {
    const nothing = this.batch === undefined && this.waiting.length === 0;
    remember(this.store, nothing ? undefined : JSON.stringify({ batch: this.batch, waiting: this.waiting }));
  }

  private tell(change: Partial<QueueState>): void {
    this.current.value = { ...this.current.peek(), ...change, waiting: this.pending().length };
  }

  private async run(): Promise<void> {
    if (this.running || this.current.peek().refused) return;
    this.running = true;
    for (let attempt = 0; !this.stopped && this.take(); ) {
      const done = await this.attempt();
      if (this.current.peek().refused) break;
      attempt = done ? 0 : attempt + 1;
      if (!done) await this.pause(attempt);
    }
    this.running = false;
  }

  /** The next request, kept before it is sent; false when there is nothing to send. */
  private take(): boolean {
    if (this.batch === undefined && this.waiting.length > 0) {
      const ballots = this.waiting.splice(0, this.alone ? 1 : MOST);
      this.batch = { key: newKey(), ballots };
      this.save();
    }
    return this.batch !== undefined;
  }

  private async attempt(): Promise<boolean> {
    const batch = this.batch;
    if (batch === undefined) return true;
    const ballots = batch.ballots.map(({ number, marks, invalid }) =>
      invalid === undefined ? { number, marks } : { number, invalid },
    );
    try {
      const answer = await put<EntriesStored>(this.options.path, { ballots }, { key: batch.key, once: true });
      this.batch = undefined;
      this.save();
      this.tell({ since: undefined, problem: undefined });
      this.options.onStored?.(answer);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (worthRetrying(error)) {
        this.tell({ since: this.current.peek().since ?? Date.now(), problem: error.problem });
        return false;
      }
      return this.refuse(batch, error.problem);
    }
  }

  /** All or none was stored, so none: they wait on, under a new key; of several each goes alone. */
  private refuse(batch: Batch, problem: Problem): boolean {
    const newer = new Set(this.waiting.map((one) => one.number));
    this.waiting = [...batch.ballots.filter((one) => !newer.has(one.number)), ...this.waiting];
    this.batch = undefined;
    this.alone = true;
    this.save();
    this.tell(batch.ballots.length > 1 ? {} : { problem, refused: true });
    return true;
  }

  private pause(attempt: number): Promise<void> {
    const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
    return new Promise((done) => {
      const timer = setTimeout(done, most * (0.5 + Math.random() / 2));
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

function readKept(store: string): Kept {
  try {
    const kept = JSON.parse(remembered(store) ?? "{}") as Partial<Kept>;
    return { batch: kept.batch, waiting: Array.isArray(kept.waiting) ? kept.waiting : [] };
  } catch {
    return { batch: undefined, waiting: [] };
  }
}

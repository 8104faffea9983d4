/**
 * Writes that must arrive, once: a ballot. `send` tries until the server has answered, always with the same
 * Idempotency-Key, and says truthfully how far it is. What is under way is kept in sessionStorage, so that a reload of
 * the page goes on with the same key (`resumeSends`). No service worker: a ballot never waits where nobody can see it.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { remember, remembered } from "../storage.ts";
import { ownProblem, type Problem, Refusal } from "./problem.ts";
import { type Method, newKey, request, worthRetrying } from "./request.ts";

/** How far a write is. "waiting" is shown as "not sent yet, trying again". `at`: this device's clock, epoch ms. */
export type SendState<T> =
  | { readonly step: "sending"; readonly since: number }
  | { readonly step: "waiting"; readonly since: number; readonly problem: Problem }
  | { readonly step: "done"; readonly answer: T }
  | { readonly step: "refused"; readonly problem: Problem };

export interface Sending<T> {
  readonly key: string;
  readonly purpose: string;
  readonly body: unknown;
  readonly state: ReadonlySignal<SendState<T>>;
  /** Settles with the last state: done or refused. Never rejects. */
  readonly settled: Promise<SendState<T>>;
  /** After "refused" (signed out, say) send the same again with the same key. */
  retry(): void;
  /** Stop trying. What has already reached the server stays done. */
  cancel(): void;
}

interface Kept {
  readonly key: string;
  readonly method: Method;
  readonly path: string;
  readonly body: unknown;
  readonly purpose: string;
  readonly at: number;
}

const STORE = "nghisu-sending";
const KEEP_MS = 60 * 60_000; // an hour: the ballot it belongs to is over by then
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;

const underWay = new Map<string, Write<unknown>>();

/**
 * Write something that must arrive. `purpose` names the one thing it decides ("ballot/31"): a newer write with the same
 * purpose waits until the older request in the air is answered, then replaces it, so they cannot overtake each other.
 */
export function send<T>(purpose: string, method: Method, path: string, body: unknown): Sending<T> {
  return begin<T>({ key: newKey(), method, path, body, purpose, at: Date.now() });
}

/** The write under way (or just finished) for a purpose on this page; undefined when there is none. */
export function sendingFor<T>(purpose: string): Sending<T> | undefined {
  return underWay.get(purpose) as Sending<T> | undefined;
}

/** Go on with what the page was sending before it was reloaded. Call once at start; gives what was found. */
export function resumeSends(): readonly Sending<unknown>[] {
  return kept()
    .filter((item) => Date.now() - item.at < KEEP_MS && !underWay.has(item.purpose))
    .map((item) => begin(item));
}

function begin<T>(item: Kept): Sending<T> {
  const before = underWay.get(item.purpose);
  const write = new Write<T>(item, before?.givenUp() ?? Promise.resolve());
  underWay.set(item.purpose, write as Write<unknown>);
  keep(item);
  return write;
}

class Write<T> implements Sending<T> {
  private readonly current = signal<SendState<T>>({ step: "sending", since: Date.now() });
  private settle: (state: SendState<T>) => void = () => undefined;
  readonly settled = new Promise<SendState<T>>((done) => {
    this.settle = done;
  });
  private inTheAir: Promise<unknown> = Promise.resolve();
  private readonly stop = new AbortController();
  private wake: () => void = () => undefined;

  constructor(
    private readonly item: Kept,
    private readonly after: Promise<unknown>,
  ) {
    globalThis.addEventListener?.("online", this.hurry);
    void this.run();
  }

  get key(): string {
    return this.item.key;
  }

  get purpose(): string {
    return this.item.purpose;
  }

  get body(): unknown {
    return this.item.body;
  }

  get state(): ReadonlySignal<SendState<T>> {
    return this.current;
  }

  retry(): void {
    if (this.current.peek().step !== "refused" || this.stop.signal.aborted) return;
    this.current.value = { step: "sending", since: Date.now() };
    keep(this.item);
    void this.run();
  }

  cancel(): void {
    this.stop.abort();
    this.hurry();
    drop(this.item.key);
  }

  /** Stop trying; settles when the request in the air (if any) has been answered or has timed out. */
  givenUp(): Promise<unknown> {
    this.cancel();
    return this.inTheAir;
  }

  private readonly hurry = () => this.wake();

  private async run(): Promise<void> {
    await this.after;
    for (let attempt = 0; !this.stop.signal.aborted; attempt += 1) {
      const outcome = await this.attempt();
      if (outcome.step === "done" || outcome.step === "refused") return this.finish(outcome);
      this.current.value = outcome;
      if (!this.stop.signal.aborted) await this.pause(attempt);
    }
    this.finish({ step: "refused", problem: ownProblem("cancelled") });
  }

  private async attempt(): Promise<SendState<T>> {
    const before = this.current.peek();
    const answer = request<T>(this.item.method, this.item.path, { body: this.item.body, key: this.item.key });
    this.inTheAir = answer.catch(() => undefined);
    try {
      return { step: "done", answer: await answer };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!worthRetrying(error)) return { step: "refused", problem: error.problem };
      return { step: "waiting", since: "since" in before ? before.since : Date.now(), problem: error.problem };
    }
  }

  private finish(state: SendState<T>): void {
    globalThis.removeEventListener?.("online", this.hurry);
    drop(this.item.key);
    this.current.value = state;
    this.settle(state);
  }

  /** Longer each time and at a random moment, so that five hundred seats do not knock together. */
  private pause(attempt: number): Promise<void> {
    const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    return new Promise((done) => {
      const timer = setTimeout(done, most / 2 + (Math.random() * most) / 2);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

function kept(): readonly Kept[] {
  try {
    const items: unknown = JSON.parse(remembered(STORE, "session") ?? "[]");
    return Array.isArray(items) ? (items as Kept[]) : [];
  } catch {
    return [];
  }
}

function keep(item: Kept): void {
  const others = kept().filter((other) => other.key !== item.key && other.purpose !== item.purpose);
  remember(STORE, JSON.stringify([...others, item]), "session");
}

function drop(key: string): void {
  const left = kept().filter((item) => item.key !== key);
  remember(STORE, left.length > 0 ? JSON.stringify(left) : undefined, "session");
}

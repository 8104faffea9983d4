/** The line to the server: connects, keeps subscriptions, comes back by itself. */

import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import { remember, remembered } from "../storage.ts";
import { type Probe, ServerClock } from "./clock.ts";
import { type TopicPush, TopicStore } from "./topics.ts";

export type LineStatus = "connecting" | "online" | "lost";

/** How the line is. `since` is server time in epoch milliseconds: when this state began. */
export interface Line {
  readonly status: LineStatus;
  readonly since: number;
}

export interface LiveOptions {
  /** Which session cookie counts and which view of each topic is sent. */
  readonly surface: "seat" | "wall" | "console" | "door" | "teller" | "site";
  /** The id of the build this page came from ("" in development: never reloads). */
  readonly build?: string;
  /** Where the server is; the page's own origin unless said otherwise. */
  readonly address?: string;
  /**
   * Whether the page may reload itself now for a newer build. May read signals: it is asked again when they change.
   * Say no while a ballot is open or something is half written.
   */
  readonly mayReload?: () => boolean;
  /** How the page reloads; for tests. */
  readonly reload?: () => void;
}

interface Hello {
  readonly epoch: string;
  readonly build: string;
  readonly now: number;
}

interface SubscribeAnswer {
  readonly ok: boolean;
  readonly refused: readonly { readonly topic: string; readonly code: string }[];
}

/** Five hundred seats come back within two seconds, each at its own moment, after a restart of the server. */
const RETRY_MS = { least: 200, most: 2000 };
const RETRY_SIGNED_OUT_MS = { least: 5_000, most: 10_000 };
const CONNECT_TIMEOUT_MS = 8_000;
const GREETING_TIMEOUT_MS = 10_000;
const ACK_TIMEOUT_MS = 5_000;
const PROBES = 5;
const PROBE_PAUSE_MS = 150;
const PROBE_FIRST_MS = { least: 300, most: 3_000 };
const PROBE_AGAIN_MS = 5 * 60_000;
const RELOADED_KEY = "nghisu-reloaded-for";

const between = (span: { least: number; most: number }) => span.least + Math.random() * (span.most - span.least);
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** One screen's live state. Make one a page with `startLive`. */
export class LiveConnection {
  readonly clock = new ServerClock();
  private readonly store = new TopicStore();
  private readonly holders = new Map<string, number>();
  private readonly refusedTopics = signal<Readonly<Record<string, string>>>({});
  private readonly lineState = signal<Line>({ status: "connecting", since: Date.now() });
  private readonly isSignedOut = signal(false);
  private readonly newerBuild = signal<string | undefined>(undefined);
  private readonly socket: Socket;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private probing = false;
  private stopped = true;

  constructor(private readonly options: LiveOptions) {
    this.socket = io(options.address ?? "", {
      transports: ["websocket"],
      autoConnect: false,
      reconnection: false, // ours is spread more evenly, and also comes back when the server hung up
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
      auth: { surface: options.surface, build: options.build ?? "" },
    });
    this.socket.on("hello", (said: Hello) => this.greeted(said));
    this.socket.on("topic", (push: TopicPush) => this.store.take(push));
    this.socket.on("connect_error", (error: Error) => this.failed(error));
    this.socket.on("disconnect", () => this.lost());
    effect(() => this.reloadWhenSafe());
  }

  /** How the line is, and since when. */
  get line(): ReadonlySignal<Line> {
    return this.lineState;
  }

  /** True when the server let this screen in no longer: show the way to sign in, then call `reconnect`. */
  get signedOut(): ReadonlySignal<boolean> {
    return this.isSignedOut;
  }

  /** The build the server has, when it is another than this page's. */
  get updateWaiting(): ReadonlySignal<string | undefined> {
    return this.newerBuild;
  }

  /** Topics the server refused, with the code. */
  get refused(): ReadonlySignal<Readonly<Record<string, string>>> {
    return this.refusedTopics;
  }

  /** Server time in epoch milliseconds. */
  now(): number {
    return this.clock.now();
  }

  /** A topic's copy without subscribing to it. */
  peek(name: string): ReturnType<TopicStore["of"]> {
    return this.store.of(name);
  }

  /** Hold a topic: it is subscribed from now on and after every reconnection. Each `hold` wants one `release`. */
  hold(name: string): ReturnType<TopicStore["of"]> {
    const holders = this.holders.get(name) ?? 0;
    this.holders.set(name, holders + 1);
    if (holders === 0 && this.lineState.peek().status === "online") void this.subscribe([name]);
    return this.store.of(name);
  }

  /** Let go of a topic; when nobody holds it any more, the server stops sending it. The copy stays. */
  release(name: string): void {
    const holders = (this.holders.get(name) ?? 0) - 1;
    if (holders > 0) {
      this.holders.set(name, holders);
      return;
    }
    this.holders.delete(name);
    if (this.socket.connected) this.socket.emit("unsubscribe", { topics: [name] }, () => undefined);
  }

  /** Connect, and keep connected. */
  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    globalThis.addEventListener?.("online", this.hurry);
    globalThis.addEventListener?.("visibilitychange", this.hurry);
    this.connect();
  }

  /** Hang up for good. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    globalThis.removeEventListener?.("online", this.hurry);
    globalThis.removeEventListener?.("visibilitychange", this.hurry);
    this.socket.disconnect();
  }

  /** Connect afresh with the present cookie (after a sign-in or a sign-out). `forget` drops what the former person saw. */
  reconnect(forget = false): void {
    if (forget) this.store.forget();
    this.isSignedOut.value = false;
    this.socket.disconnect();
    if (this.stopped) this.start();
    else this.connect();
  }

  private readonly hurry = () => {
    if (this.stopped || this.lineState.peek().status === "online" || this.isSignedOut.peek()) return;
    this.again({ least: 0, most: RETRY_MS.least });
  };

  private greeted(said: Hello): void {
    clearTimeout(this.retry);
    this.store.meet(said.epoch);
    this.clock.rough(said.now);
    this.isSignedOut.value = false;
    const other = said.build !== "" && (this.options.build ?? "") !== "" && said.build !== this.options.build;
    this.newerBuild.value = other ? said.build : undefined;
    this.lineState.value = { status: "online", since: this.now() };
    this.refusedTopics.value = {};
    void this.subscribe([...this.holders.keys()]);
    void this.probe();
  }

  private async subscribe(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const topics = names.map((topic) => ({ topic, version: this.store.version(topic) }));
    try {
      const answer: SubscribeAnswer = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck("subscribe", { topics });
      const refused = { ...this.refusedTopics.peek() };
      for (const name of names) delete refused[name];
      for (const { topic, code } of answer.refused) refused[topic] = code;
      this.refusedTopics.value = refused;
    } catch {
      // No answer: either the line is gone (everything is asked again after it is back), or the server is too busy.
      if (this.socket.connected) this.socket.disconnect();
    }
  }

  private failed(error: Error): void {
    // socket.io gives `data` to the server's own "no" (there is no session), never to trouble on the way there.
    const signedOut = "data" in error;
    if (signedOut) this.isSignedOut.value = true;
    this.lost();
    if (signedOut) this.again(RETRY_SIGNED_OUT_MS);
  }

  private lost(): void {
    if (this.lineState.peek().status === "online") this.lineState.value = { status: "lost", since: this.now() };
    this.again(RETRY_MS);
  }

  private again(span: { least: number; most: number }): void {
    clearTimeout(this.retry);
    if (!this.stopped) this.retry = setTimeout(() => this.connect(), between(span));
  }

  private connect(): void {
    this.socket.connect();
    // Whatever keeps the greeting away (a server that accepts and then says nothing), we do not wait for ever.
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.socket.disconnect();
      this.again(RETRY_MS);
    }, GREETING_TIMEOUT_MS);
  }

  private async probe(): Promise<void> {
    if (this.probing) return;
    this.probing = true;
    try {
      await pause(between(PROBE_FIRST_MS));
      while (!this.stopped && this.socket.connected) {
        await this.probeOnce();
        await pause(PROBE_AGAIN_MS);
      }
    } finally {
      this.probing = false;
    }
  }

  private async probeOnce(): Promise<void> {
    const probes: Probe[] = [];
    for (let n = 0; n < PROBES && this.socket.connected; n += 1) {
      const sent = this.clock.tick();
      try {
        const answer: { now: number } = await this.socket.timeout(ACK_TIMEOUT_MS).emitWithAck("clock", {});
        probes.push({ sent, received: this.clock.tick(), server: answer.now });
      } catch {
        break; // the line is gone or the server is busy; the next connection asks again
      }
      await pause(PROBE_PAUSE_MS);
    }
    if (probes.length > 0) this.clock.set(probes);
  }

  private reloadWhenSafe(): void {
    const build = this.newerBuild.value;
    if (build === undefined || !(this.options.mayReload?.() ?? false)) return;
    // Once for each build: when the page still comes back old (a cache in between), it stays usable instead of looping.
    if (remembered(RELOADED_KEY, "session") === build) return;
    remember(RELOADED_KEY, build, "session");
    if (remembered(RELOADED_KEY, "session") !== build) return; // nothing can be remembered here: it would loop
    (this.options.reload ?? (() => location.reload()))();
  }
}

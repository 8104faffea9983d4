/**
 * One viewing of the relay: keeps a connection up as long as it is open, and tells how it goes.
 *
 *     const viewing = new Viewing(meetingRelay(meetingId));
 *     viewing.open();  …  <Player viewing={viewing} …/>  …  viewing.close();
 *
 * Offers carry no candidates: the relay tells its own addresses, and where our checks come from is where it sends. What
 * TURN servers the house has come with the answer, before this side gathers; nothing outside is ever asked. When
 * pictures stop, the line breaks or the relay refuses, it comes back by itself, later and later, each viewer at its own
 * moment.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { asProblem } from "../api/index.ts";
import { agree } from "./agree.ts";
import { CLOSED, type Deed, type Happened, next, type State } from "./machine.ts";
import type { Signalling } from "./signalling.ts";
import { between, type Counters, countersOf, type Watched } from "./stats.ts";

const TICK_MS = 250;
const REPORT_MS = 5_000;

type Report = Iterable<Readonly<Record<string, unknown>>>;

/** See the top of this file. */
export class Viewing {
  private readonly now = signal<State>(CLOSED);
  private readonly pictures = signal<MediaStream | undefined>(undefined);
  private readonly figures = signal<Watched | undefined>(undefined);
  private peer: RTCPeerConnection | undefined;
  private name: string | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private counters: Counters | undefined;
  private reported: Counters | undefined;

  constructor(private readonly signalling: Signalling) {}

  /** How it goes. */
  get state(): ReadonlySignal<State> {
    return this.now;
  }

  /** What comes in; a new object after each new connection. It stays until the next one comes. */
  get stream(): ReadonlySignal<MediaStream | undefined> {
    return this.pictures;
  }

  /** Figures of the last seconds. */
  get watched(): ReadonlySignal<Watched | undefined> {
    return this.figures;
  }

  /** The clock of `state`, in ms. */
  clock(): number {
    return performance.now();
  }

  /** Begin. */
  open(): void {
    this.timer ??= setInterval(() => void this.tick(), TICK_MS);
    addEventListener("pagehide", this.leave);
    this.happened({ what: "open" });
  }

  /** End, and tell the relay. */
  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    removeEventListener("pagehide", this.leave);
    this.happened({ what: "close" });
  }

  /** Something changed for the better (the conference began, the line is back): do not wait any longer. */
  again(): void {
    this.happened({ what: "again" });
  }

  /** The player painted a picture. */
  painted(): void {
    this.happened({ what: "picture" });
  }

  private readonly leave = () => this.hangUp();

  private happened(what: Happened): void {
    const { state, deeds } = next(this.now.peek(), what, this.clock(), Math.random());
    this.now.value = state;
    for (const deed of deeds) this.carryOut(deed);
  }

  private carryOut(deed: Deed): void {
    if (deed === "hangUp") this.hangUp();
    else void this.offer();
  }

  private hangUp(): void {
    const { peer, name } = this;
    this.peer = undefined;
    this.name = undefined;
    this.counters = undefined;
    this.reported = undefined;
    peer?.close();
    if (name !== undefined) this.signalling.remove(name);
  }

  private async offer(): Promise<void> {
    this.hangUp();
    const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    this.peer = peer;
    const stream = new MediaStream();
    peer.addEventListener("track", ({ track }) => stream.addTrack(track));
    peer.addEventListener("connectionstatechange", () => {
      // "disconnected" may heal by itself: the watch on pictures decides sooner than ICE does.
      if (peer === this.peer && peer.connectionState === "failed") this.happened({ what: "lost" });
    });
    peer.addTransceiver("video", { direction: "recvonly" });
    peer.addTransceiver("audio", { direction: "recvonly" });
    try {
      const offer = await peer.createOffer();
      const answer = await this.signalling.offer(offer.sdp ?? "");
      if (peer !== this.peer) return this.signalling.remove(answer.id); // given up in the meantime
      this.name = answer.id;
      await agree(peer, offer, answer);
      this.pictures.value = stream;
      this.happened({ what: "answered" });
    } catch (error) {
      if (peer === this.peer) this.happened({ what: "refused", problem: asProblem(error) });
    }
  }

  private async tick(): Promise<void> {
    const { peer } = this;
    if (peer !== undefined && this.name !== undefined) await this.look(peer);
    this.happened({ what: "tick" });
  }

  /** A hidden page paints nothing, but it still decodes: its counters tell that pictures come. */
  private async look(peer: RTCPeerConnection): Promise<void> {
    const report = await peer.getStats();
    if (peer !== this.peer) return;
    const now = countersOf(report.values() as unknown as Report, this.clock());
    const before = this.counters ?? { ...now, frames: 0, audioPackets: 0 };
    this.counters = now;
    if (now.frames > before.frames) this.happened({ what: "picture" });
    if (now.audioPackets > before.audioPackets) this.happened({ what: "sound" });
    this.reported ??= now;
    if (now.at - this.reported.at < REPORT_MS) return;
    const watched = between(this.reported, now);
    this.reported = now;
    this.figures.value = watched;
    if (this.name !== undefined) this.signalling.report?.(this.name, watched);
  }
}

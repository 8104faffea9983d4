/** Figures of a receiver, from RTCPeerConnection.getStats(): the counters as they stand, and what happened between two. */

import type { WatchedIn } from "../types.gen.ts";

/** Counters of one connection since it began; `at` in milliseconds. What the browser does not tell is 0. */
export interface Counters {
  readonly at: number;
  readonly frames: number;
  readonly dropped: number;
  readonly freezes: number;
  readonly frozenMs: number;
  readonly videoPackets: number;
  readonly audioPackets: number;
  readonly lost: number;
  readonly bytes: number;
  readonly jitterMs: number;
  readonly roundTripMs: number;
  readonly width: number;
  readonly height: number;
}

/** What a receiver tells of the last seconds. */
export type Watched = Readonly<Required<WatchedIn>>;

type Entry = Readonly<Record<string, unknown>>;

const number = (entry: Entry | undefined, name: string): number => {
  const value = entry?.[name];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
};

/** Read the counters out of a report. */
export function countersOf(report: Iterable<Entry>, at: number): Counters {
  const entries = [...report];
  const inbound = (kind: string) => entries.find((one) => one.type === "inbound-rtp" && one.kind === kind);
  const pair = entries.find((one) => one.type === "candidate-pair" && one.nominated === true);
  const video = inbound("video");
  const audio = inbound("audio");
  return {
    at,
    frames: number(video, "framesDecoded"),
    dropped: number(video, "framesDropped"),
    freezes: number(video, "freezeCount"),
    frozenMs: Math.round(number(video, "totalFreezesDuration") * 1000),
    videoPackets: number(video, "packetsReceived"),
    audioPackets: number(audio, "packetsReceived"),
    lost: Math.max(0, number(video, "packetsLost")) + Math.max(0, number(audio, "packetsLost")),
    bytes: number(video, "bytesReceived") + number(audio, "bytesReceived"),
    jitterMs: Math.round(number(video ?? audio, "jitter") * 1000),
    roundTripMs: Math.round(number(pair, "currentRoundTripTime") * 1000),
    width: number(video, "frameWidth"),
    height: number(video, "frameHeight"),
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;

/** What happened from one moment to a later one of the same connection. */
export function between(before: Counters, now: Counters): Watched {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const since = (name: keyof Counters) => Math.max(0, now[name] - before[name]);
  const came = since("videoPackets") + since("audioPackets");
  const lost = since("lost");
  return {
    fps: tenths(since("frames") / seconds),
    kbps: Math.round((since("bytes") * 8) / 1000 / seconds),
    loss_percent: came + lost === 0 ? 0 : tenths((lost * 100) / (came + lost)),
    jitter_ms: now.jitterMs,
    round_trip_ms: now.roundTripMs,
    freezes: since("freezes"),
    frozen_ms: since("frozenMs"),
    dropped: since("dropped"),
    width: now.width,
    height: now.height,
  };
}

/** From a receiver's counters to a rehearsal's figures: whole numbers, never rounded to the better side. Pure. */

export interface Counted {
  readonly at: number;
  readonly frames: number;
  readonly freezes: number;
  readonly received: number;
  readonly lost: number;
  readonly bytes: number;
  readonly jitterMs: number;
  readonly roundTripMs: number;
}

export interface Rehearsed {
  readonly loss: number | null;
  readonly jitter: number | null;
  readonly round_trip: number | null;
  readonly decoded: number | null;
  readonly freezes: number | null;
  readonly frames: number;
  readonly kbps: number;
}

export const FPS = 25;
const WHOLE = 10_000;

type Entry = Readonly<Record<string, unknown>>;

const number = (entry: Entry, name: string) => {
  const value = entry[name];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
};

/** The counters of one look at getStats(). */
export function countedOf(report: Iterable<Entry>, at: number): Counted {
  const sum = { frames: 0, freezes: 0, received: 0, lost: 0, bytes: 0, jitterMs: 0, roundTripMs: 0 };
  for (const entry of report) {
    if (entry.type === "inbound-rtp") {
      sum.frames += number(entry, "framesDecoded");
      sum.freezes += number(entry, "freezeCount");
      sum.received += number(entry, "packetsReceived");
      sum.lost += Math.max(0, number(entry, "packetsLost"));
      sum.bytes += number(entry, "bytesReceived");
      sum.jitterMs = Math.max(sum.jitterMs, number(entry, "jitter") * 1000);
    } else if (entry.type === "candidate-pair" && entry.state === "succeeded") {
      sum.roundTripMs = Math.max(sum.roundTripMs, number(entry, "currentRoundTripTime") * 1000);
    }
  }
  return { at, ...sum };
}

/** The figures of all looks together; `pictures`: whether there were pictures to decode. Two looks at least. */
export function rehearsed(looks: readonly Counted[], pictures: boolean): Rehearsed | null {
  const first = looks[0];
  const last = looks.at(-1);
  if (first === undefined || last === undefined || last.at <= first.at) return null;
  const ms = last.at - first.at;
  const received = last.received - first.received;
  const lost = Math.max(0, last.lost - first.lost);
  const frames = last.frames - first.frames;
  const heard = received + lost > 0;
  return {
    loss: heard ? Math.ceil((WHOLE * lost) / (received + lost)) : null,
    jitter: heard ? Math.ceil(most(looks.map((one) => one.jitterMs))) : null,
    round_trip: heard ? Math.ceil(most(looks.map((one) => one.roundTripMs))) : null,
    decoded: pictures ? Math.min(WHOLE, Math.floor((WHOLE * frames * 1000) / (FPS * ms))) : null,
    freezes: pictures ? last.freezes - first.freezes : null,
    frames: Math.max(0, frames),
    kbps: Math.floor(((last.bytes - first.bytes) * 8) / ms),
  };
}

/** The worst but one in ten: a single look that fell into a hiccup does not stand for ten seconds. */
function most(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.9))] ?? 0;
}

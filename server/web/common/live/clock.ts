/** The server's time on this screen. Measured, because a kiosk's own clock may be wrong or jump. */

/** One probe: the server's answer, and this screen's monotonic clock before and after, all in milliseconds. */
export interface Probe {
  readonly sent: number;
  readonly received: number;
  readonly server: number;
}

const KEEP_FASTEST = 3;

/** Server epoch minus monotonic clock: the median over the fastest probes, whose error is at most half their way. */
export function offsetOf(probes: readonly Probe[]): number {
  const fastest = [...probes].sort((a, b) => a.received - a.sent - (b.received - b.sent)).slice(0, KEEP_FASTEST);
  const offsets = fastest.map((probe) => probe.server - (probe.sent + probe.received) / 2).sort((a, b) => a - b);
  const middle = Math.floor(offsets.length / 2);
  const upper = offsets[middle];
  if (upper === undefined) throw new RangeError("no probes");
  return offsets.length % 2 === 1 ? upper : (upper + (offsets[middle - 1] ?? upper)) / 2;
}

/** A clock that runs on the server's time once it has been told. */
export class ServerClock {
  private offset: number;
  /** Whether the server has told its time at least once. */
  known = false;

  constructor(private readonly monotonic: () => number = () => performance.now()) {
    this.offset = Date.now() - monotonic();
  }

  /** Server time in epoch milliseconds; this device's own time until the server has spoken. */
  now(): number {
    return this.monotonic() + this.offset;
  }

  /** A first, rough answer (from `hello`): used only while nothing better is known. */
  rough(server: number): void {
    if (this.known) return;
    this.offset = server - this.monotonic();
    this.known = true;
  }

  /** The result of several probes. */
  set(probes: readonly Probe[]): void {
    this.offset = offsetOf(probes);
    this.known = true;
  }

  /** This screen's monotonic clock, for probes. */
  tick(): number {
    return this.monotonic();
  }
}

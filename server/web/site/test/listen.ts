/** The echo test: sweeps from the room's loudspeakers, heard by its microphone without and with the browser's canceller. */

import { agreed, type Echo, EVERY_S, findAll, floorDb, SWEEP_S, sweep } from "./echo.ts";

/** Whole numbers for the verdict. Without `echo_heard` the others say nothing: a loudspeaker or the microphone is dead. */
export interface EchoFigures {
  readonly echo_heard: boolean;
  /** From the loudspeakers to the microphone. */
  readonly echo_ms: number | null;
  /** How much weaker it comes back, as the microphone hears it. */
  readonly echo_raw_db: number | null;
  /** The same after the browser's canceller. */
  readonly echo_loss_db: number | null;
}

const LEVEL = 0.25; // −12 dB: room for what the loudspeakers add, and no fright
const LEAD_S = 0.3;
const PLAIN_TIMES = 3;
/** The canceller learns the room from the first ones. */
const CANCELLED_TIMES = 6;
const LEARNS = 3;
const MOST_DB = 120;

interface Tapped {
  readonly frame: number;
  readonly samples: Float32Array;
}

/** Measure; some ten seconds. Raises DOMException where no microphone may be used. */
export async function measureEcho(): Promise<EchoFigures> {
  const context = new AudioContext();
  try {
    await context.resume();
    await context.audioWorklet.addModule(new URL("./tap.js", import.meta.url));
    const played = sweep(context.sampleRate).map((one) => one * LEVEL);
    const plain = await record(context, played, PLAIN_TIMES, false);
    const without = agreed(findAll(plain, played, context.sampleRate, PLAIN_TIMES));
    const rest = await record(context, played, CANCELLED_TIMES, true);
    const learnt = rest.subarray(Math.round(LEARNS * EVERY_S * context.sampleRate));
    const left = agreed(findAll(learnt, played, context.sampleRate, CANCELLED_TIMES - LEARNS));
    return figuresOf(without, left?.lossDb ?? floorDb(learnt.subarray(0, played.length * 2), played));
  } finally {
    await context.close();
  }
}

/** From what was found to whole numbers, never rounded to the better side. */
export function figuresOf(without: Echo | null, lossDb: number): EchoFigures {
  if (without === null) return { echo_heard: false, echo_ms: null, echo_raw_db: null, echo_loss_db: null };
  const whole = (db: number) => Math.max(0, Math.min(MOST_DB, Math.floor(db)));
  return {
    echo_heard: true,
    echo_ms: Math.ceil(without.delayMs),
    echo_raw_db: whole(without.lossDb),
    echo_loss_db: whole(Math.max(without.lossDb, lossDb)),
  };
}

/** Play the sweeps and keep what the microphone hears from the first one's start on. */
async function record(
  context: AudioContext,
  played: Float32Array,
  times: number,
  cancelled: boolean,
): Promise<Float32Array> {
  const audio = { echoCancellation: cancelled, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const parts: Tapped[] = [];
  const source = context.createMediaStreamSource(stream);
  const tap = new AudioWorkletNode(context, "tap");
  const silence = new GainNode(context, { gain: 0 }); // what is not joined to the loudspeakers is not run
  try {
    tap.port.onmessage = ({ data }: MessageEvent<Tapped>) => parts.push(data);
    source.connect(tap).connect(silence).connect(context.destination);
    const begin = context.currentTime + LEAD_S;
    play(context, played, begin, times);
    const seconds = times * EVERY_S;
    await new Promise((done) => setTimeout(done, (LEAD_S + seconds) * 1000 + 200));
    return joined(parts, Math.round(begin * context.sampleRate), Math.round(seconds * context.sampleRate));
  } finally {
    source.disconnect();
    tap.disconnect();
    for (const track of stream.getTracks()) track.stop();
  }
}

function play(context: AudioContext, played: Float32Array, begin: number, times: number): void {
  const buffer = context.createBuffer(1, Math.ceil(SWEEP_S * context.sampleRate), context.sampleRate);
  buffer.getChannelData(0).set(played);
  for (let time = 0; time < times; time += 1) {
    const one = new AudioBufferSourceNode(context, { buffer });
    one.connect(context.destination);
    one.start(begin + time * EVERY_S);
  }
}

/** The samples from a frame on; what is missing is silence. */
export function joined(parts: readonly Tapped[], from: number, length: number): Float32Array {
  const found = new Float32Array(length);
  for (const { frame, samples } of parts) {
    const at = frame - from;
    if (at >= 0 && at + samples.length <= length) found.set(samples, at);
  }
  return found;
}

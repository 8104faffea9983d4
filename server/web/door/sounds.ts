/** Three sounds that differ in shape, not only in pitch: up (welcome), twice (again), low and long (refused). */

import { remember, remembered } from "@common/storage.ts";
import { signal } from "@preact/signals";

const KEY = "nghisu-door-sound";

/** Whether the door sounds. */
export const sounding = signal(remembered(KEY) !== "off");

type Note = readonly [frequency: number, start: number, length: number];

const TUNES: Readonly<Record<"welcome" | "again" | "refused", readonly Note[]>> = {
  welcome: [
    [660, 0, 0.12],
    [990, 0.12, 0.2],
  ],
  again: [
    [550, 0, 0.12],
    [550, 0.2, 0.12],
  ],
  refused: [[196, 0, 0.6]],
};

let context: AudioContext | undefined;

/** Play one of the three. Silent until somebody has touched the page: browsers want that. */
export function play(tune: keyof typeof TUNES): void {
  if (!sounding.peek()) return;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  for (const [frequency, start, length] of TUNES[tune]) sound(context, frequency, context.currentTime + start, length);
}

/** Switch the sounds on or off, and keep it so. */
export function switchSound(): void {
  sounding.value = !sounding.value;
  remember(KEY, sounding.value ? undefined : "off");
}

function sound(to: AudioContext, frequency: number, at: number, length: number): void {
  const tone = to.createOscillator();
  const loudness = to.createGain();
  tone.type = "triangle";
  tone.frequency.value = frequency;
  loudness.gain.setValueAtTime(0.35, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + length);
  tone.connect(loudness).connect(to.destination);
  tone.start(at);
  tone.stop(at + length);
}

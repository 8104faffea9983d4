/** The course of a test: a turn, the line, three rehearsals; then the technician answers, and it is sent. */

import { asProblem, type Problem, post, remove } from "@common/api/index.ts";
import type { OwnReadiness, TestView, TurnView } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { measureDown, measureUp } from "./line.ts";
import type { EchoFigures } from "./listen.ts";
import { rehearse } from "./rehearsal.ts";
import type { Rehearsed } from "./rehearsed.ts";

export const STEPS = ["turn", "down", "up", "top", "low", "audio", "room"] as const;
export type Step = (typeof STEPS)[number];
export type StepState = "waiting" | "running" | "done" | "failed";

export interface Measured {
  down: number | null;
  up: number | null;
  top: Rehearsed | null;
  low: Rehearsed | null;
  audio: Rehearsed | null;
}

export interface Run {
  readonly steps: Readonly<Record<Step, StepState>>;
  /** Sites before this one while it waits for its turn. */
  readonly place: number;
  readonly problem: Problem | undefined;
}

const NOTHING: Run = {
  steps: {
    turn: "waiting",
    down: "waiting",
    up: "waiting",
    top: "waiting",
    low: "waiting",
    audio: "waiting",
    room: "waiting",
  },
  place: 0,
  problem: undefined,
};
const ASK_MS = 4_000;

export const running = signal<Run | undefined>(undefined);
export const measured = signal<Measured | undefined>(undefined);
export const picture = signal<MediaStream | undefined>(undefined);

let stopping: AbortController | undefined;

function mark(step: Step, state: StepState, more: Partial<Run> = {}): void {
  const now = running.peek() ?? NOTHING;
  running.value = { ...now, ...more, steps: { ...now.steps, [step]: state } };
}

async function turnOf(base: string, signal: AbortSignal): Promise<TurnView> {
  for (;;) {
    const turn = await post<TurnView>(`${base}/turn`, {}, { signal });
    if (turn.place === 0) return turn;
    mark("turn", "running", { place: turn.place });
    await new Promise((done) => setTimeout(done, ASK_MS));
    signal.throwIfAborted();
  }
}

/** One measure: what fails is not measured, and the test goes on. */
async function tried<T>(step: Step, signal: AbortSignal, work: () => Promise<T | null>): Promise<T | null> {
  mark(step, "running");
  try {
    const found = await work();
    mark(step, found === null ? "failed" : "done");
    return found;
  } catch (error) {
    signal.throwIfAborted();
    mark(step, "failed", { problem: asProblem(error) });
    return null;
  }
}

/** Begin; ends with step "room" running, where the technician goes on. */
export async function begin(meeting: number): Promise<void> {
  stop();
  stopping = new AbortController();
  const { signal } = stopping;
  const base = `/api/meetings/${meeting}/relay/readiness`;
  measured.value = undefined;
  running.value = NOTHING;
  try {
    mark("turn", "running");
    const turn = await turnOf(base, signal);
    mark("turn", "done", { place: 0 });
    const found: Measured = { down: null, up: null, top: null, low: null, audio: null };
    found.down = await tried("down", signal, () => measureDown(turn, signal));
    found.up = await tried("up", signal, () => measureUp(turn, signal));
    const steps = ["top", "low", "audio"] as const;
    for (const [place, step] of steps.entries()) {
      const what = turn.rehearsals[place];
      if (what === undefined) continue;
      const show = (stream: MediaStream) => {
        if (step !== "audio") picture.value = stream;
      };
      const once = () => rehearse(turn.url, what, step !== "audio", show, signal);
      found[step] = await tried(step, signal, async () => {
        const first = await once();
        return disturbed(first) ? once() : first;
      });
    }
    measured.value = found;
    mark("room", "running");
  } catch (error) {
    if (!signal.aborted) mark("turn", "failed", { problem: asProblem(error) });
  } finally {
    void remove(`${base}/turn`).catch(() => undefined); // it ends by itself, too
  }
}

/** Pictures are missing and yet nothing was lost on the way: the centre may have been busy. It is tried once more. */
export function disturbed(found: Rehearsed | null): boolean {
  return found !== null && found.loss === 0 && found.decoded !== null && found.decoded < 9_500;
}

/** Give the test up. */
export function stop(): void {
  stopping?.abort();
  stopping = undefined;
  running.value = undefined;
  picture.value = undefined;
}

/** What the technician says of the room; null: not answered. */
export const QUESTIONS = [
  "screen",
  "speakers",
  "microphone",
  "camera",
  "echo",
  "no_hdcp",
  "second_path",
  "technician",
  "phone_tree",
  "antivirus",
] as const;
export type Question = (typeof QUESTIONS)[number];
export type Answers = Readonly<Partial<Record<Question, boolean>>>;

export interface Said {
  readonly answers: Answers;
  /** What the echo test measured; it takes the place of the technician's word. */
  readonly echo?: EchoFigures | undefined;
  readonly failover: string;
  readonly ups: string;
  readonly name: string;
  readonly phone: string;
}

/** A whole number that was typed; null for anything else. */
export function whole(text: string): number | null {
  return /^[0-9]{1,5}$/.test(text.trim()) ? Number(text) : null;
}

/** The body of the test. */
export function bodyOf(found: Measured, said: Said, clockOffMs: number, machine: string) {
  return {
    figures: {
      ...found,
      ...said.answers,
      ...said.echo,
      failover_s: whole(said.failover),
      ups_min: whole(said.ups),
      clock_off_ms: Math.min(2 ** 31 - 1, Math.round(Math.abs(clockOffMs))),
    },
    technician: said.name,
    technician_phone: said.phone,
    machine: machine.slice(0, 200),
  };
}

/** Send it; the answer is the verdict. Raises `Refusal`. */
export async function finish(meeting: number, body: ReturnType<typeof bodyOf>): Promise<TestView> {
  const test = await post<TestView>(`/api/meetings/${meeting}/relay/readiness`, body);
  stop();
  measured.value = undefined;
  return test;
}

/** The light: a verdict with conditions is amber. */
export function lightOf(own: OwnReadiness | undefined): "green" | "amber" | "red" | "off" {
  const [test] = own?.tests ?? [];
  if (test === undefined || own === undefined) return "off";
  if (test.letter === "D" || own.allowed === "none") return "red";
  return test.letter === "A" && test.reasons.length === 0 ? "green" : "amber";
}

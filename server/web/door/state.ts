/** What the door shows now, and what it sends. One state at a time, the whole screen. */

import { asProblem, get, type Problem, post } from "@common/api/index.ts";
import type { CheckInAnswer } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { play } from "./sounds.ts";

export interface DoorMeeting {
  readonly id: number;
  readonly title: string;
  readonly state: string;
}

export type Scene =
  | { readonly kind: "idle" }
  | { readonly kind: "search" }
  | { readonly kind: "sending"; readonly late: boolean }
  | { readonly kind: "welcome" | "again"; readonly answer: CheckInAnswer }
  | { readonly kind: "refused"; readonly problem: Problem };

/** Back to idle after this long; the next scan comes sooner if it wants. */
const SHOWN_MS = 2_500;
const REFUSED_MS = 5_000; // a refusal is read by two people
const LATE_MS = 1_000;
/** The camera sees the same paper for a while: the same code again within this time is not a new scan. */
const SAME_CODE_MS = 4_000;

export const scene = signal<Scene>({ kind: "idle" });
export const meeting = signal<DoorMeeting | undefined>(undefined);
export const choices = signal<readonly DoorMeeting[] | undefined>(undefined);

let back: ReturnType<typeof setTimeout> | undefined;
let waiting: string | undefined;
let lastCode = "";
let lastAt = 0;

/** Show a scene; results give way to idle by themselves. */
export function show(next: Scene): void {
  clearTimeout(back);
  scene.value = next;
  if (next.kind === "welcome" || next.kind === "again") back = setTimeout(idle, SHOWN_MS);
  if (next.kind === "refused") back = setTimeout(idle, REFUSED_MS);
}

/** Back to the camera. */
export function idle(): void {
  show({ kind: "idle" });
}

/** A code was read by the camera or typed by a scanner. One that comes while another is being sent waits its turn. */
export function scanned(code: string): void {
  const now = performance.now();
  if (code === lastCode && now - lastAt < SAME_CODE_MS) return;
  if (scene.peek().kind === "sending") {
    waiting = code;
    return;
  }
  lastCode = code;
  lastAt = now;
  void checkIn({ payload: code }).then(() => {
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) scanned(next);
  });
}

/** Check somebody in. It is sent until the server answers, always as the same act. */
export async function checkIn(body: { payload: string } | { participant_id: number; method: "search" }): Promise<void> {
  const at = meeting.peek();
  if (at === undefined) return;
  show({ kind: "sending", late: false });
  const late = setTimeout(() => show({ kind: "sending", late: true }), LATE_MS);
  try {
    const answer = await post<CheckInAnswer>(`/api/meetings/${at.id}/check-ins`, body);
    const kind = answer.outcome === "again" ? "again" : "welcome";
    play(kind);
    show({ kind, answer });
  } catch (error) {
    play("refused");
    show({ kind: "refused", problem: asProblem(error) });
  } finally {
    clearTimeout(late);
    lastAt = performance.now();
  }
}

/** Which meetings this door may serve: its own, or those of the steward. */
export async function findMeetings(): Promise<void> {
  const wanted = Number(new URLSearchParams(location.search).get("m") ?? 0);
  const found = await doorMeetings();
  const open = found.filter((one) => ["convened", "in_session", "paused"].includes(one.state));
  choices.value = open;
  meeting.value = open.find((one) => one.id === wanted) ?? (open.length === 1 ? open[0] : undefined);
}

async function doorMeetings(): Promise<readonly DoorMeeting[]> {
  try {
    const device = await get<{ meetings: readonly DoorMeeting[] }>("/api/device");
    return device.meetings;
  } catch {
    return (await get<{ meetings: readonly DoorMeeting[] }>("/api/me/meetings")).meetings;
  }
}

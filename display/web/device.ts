/** Which meeting this wall shows: it is paired once by a code, and asks what it should show from then on. */

import { asProblem, get, type Problem, post } from "@common/api/index.ts";
import { signal } from "@preact/signals";
import { keepMeeting, keptMeeting } from "./kept.ts";
import { live, meetingId } from "./live.ts";

interface Device {
  readonly meeting_id: number | null;
  readonly meetings: readonly { readonly id: number }[];
}

/** What this wall waits for: nothing, to be paired, a meeting, or the server. */
export type Waiting = "nothing" | "pairing" | "paired" | "meeting" | "server";

export const waiting = signal<Waiting>("server");
export const refusal = signal<Problem | undefined>(undefined);

const ASK_AGAIN_MS = 15_000;
const AWAY_MS = 3_000;

function show(id: number): void {
  keepMeeting(id);
  meetingId.value = id;
  waiting.value = "nothing";
}

/** Start: pair with `?code=`, or show `?m=`, else ask what this device should show. */
export async function startDevice(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const before = keptMeeting();
  if (before !== undefined) meetingId.value = before; // the last picture at once; the server may correct it
  const code = query.get("code");
  if (code !== null) {
    waiting.value = "pairing";
    await pair(code);
  }
  const fixed = Number(query.get("m"));
  if (fixed > 0) show(fixed);
  else await ask();
}

/** Use a one-time code; tried again while the server is away. */
export async function pair(code: string): Promise<void> {
  try {
    await post("/api/enrol", { code }, { once: true });
    history.replaceState(null, "", location.pathname); // a code works once; a reload must not try it again
    refusal.value = undefined;
    live.reconnect(true);
  } catch (error) {
    const problem = asProblem(error);
    refusal.value = problem;
    if (problem.status === 0 || problem.status >= 429) {
      await new Promise((done) => setTimeout(done, AWAY_MS));
      return pair(code);
    }
    history.replaceState(null, "", location.pathname); // perhaps it was used here before: then this wall is paired
  }
}

async function ask(): Promise<void> {
  let pause = ASK_AGAIN_MS;
  try {
    const device = await get<Device>("/api/device");
    refusal.value = undefined;
    const id = device.meeting_id ?? device.meetings[0]?.id;
    if (id === undefined) {
      // A meeting that is over stays on the wall until the next one is convened.
      waiting.value = meetingId.peek() === undefined ? "meeting" : "nothing";
    } else show(id);
  } catch (error) {
    const problem = asProblem(error);
    const known = problem.status === 401 || problem.status === 403 || problem.status === 404;
    waiting.value = known ? "paired" : meetingId.peek() === undefined ? "server" : "nothing";
    pause = AWAY_MS;
  }
  setTimeout(() => void ask(), pause);
}

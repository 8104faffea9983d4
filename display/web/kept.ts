/** The last state of the wall, kept on this machine: a reload while the server is away still shows it, with its time. */

import { remember, remembered } from "@common/storage.ts";

const TOPIC = "nghisu-wall ";
const MEETING = "nghisu-wall-meeting";
const SEEN = "nghisu-wall-seen";
/** How often at most a changing topic is written, in ms. */
const PAUSE_MS = 2_000;

const written = new Map<string, { version: number; at: number }>();
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

/** Keep a topic's newest state, not more often than every two seconds. */
export function keepTopic(name: string, version: number, data: unknown): void {
  const before = written.get(name);
  if (before?.version === version) return;
  clearTimeout(waiting.get(name));
  const write = () => {
    written.set(name, { version, at: Date.now() });
    remember(TOPIC + name, JSON.stringify(data));
  };
  const since = Date.now() - (before?.at ?? 0);
  if (since >= PAUSE_MS) write();
  else waiting.set(name, setTimeout(write, PAUSE_MS - since));
}

/** What was kept of a topic. */
export function keptTopic(name: string): unknown {
  try {
    return JSON.parse(remembered(TOPIC + name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** The meeting this wall showed last. */
export function keptMeeting(): number | undefined {
  return Number(remembered(MEETING)) || undefined;
}

/** Note which meeting is shown; what was kept of another one is dropped. */
export function keepMeeting(id: number): void {
  if (keptMeeting() === id) return;
  for (const key of Object.keys(globalThis.localStorage ?? {})) if (key.startsWith(TOPIC)) remember(key, undefined);
  remember(MEETING, String(id));
}

/** The last moment the server was heard, in epoch ms. */
export function keptMoment(): number | undefined {
  return Number(remembered(SEEN)) || undefined;
}

/** The server was heard now. */
export function keepMoment(now: number): void {
  remember(SEEN, String(Math.round(now)));
}

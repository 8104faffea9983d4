/** How long an item of the agenda may still take. Pauses do not count. */

import type { AgendaItemView } from "@common/types.gen.ts";

const MINUTE_MS = 60_000;

type Timed = Pick<AgendaItemView, "minutes" | "started_ms" | "paused_ms">;

/** Milliseconds left at a moment (epoch ms), negative when it runs over; undefined without a plan or a beginning. */
export function leftOf({ minutes, started_ms, paused_ms }: Timed, at: number): number | undefined {
  if (minutes === 0 || started_ms === null) return undefined;
  return started_ms + minutes * MINUTE_MS + paused_ms - Math.max(at, started_ms);
}

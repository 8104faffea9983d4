/** Who is ready and who has voted, counted and put in order. */

import type { TurnoutRow } from "../../calls/votes.ts";
import { fold } from "../../parts/fold.ts";

export interface TurnoutCounts {
  readonly of: number;
  readonly ready: number;
  readonly voted: number;
  /** In the room without a ballot in the box. */
  readonly waitedFor: number;
}

/** Ready: in the room, and his seat is on the line. */
export const isReady = (row: TurnoutRow) => row.present && row.online;

export function counted(rows: readonly TurnoutRow[]): TurnoutCounts {
  const number = (fits: (row: TurnoutRow) => boolean) => rows.filter(fits).length;
  return {
    of: rows.length,
    ready: number(isReady),
    voted: number((row) => row.voted),
    waitedFor: number((row) => row.present && !row.voted),
  };
}

/** Who is waited for comes first: in the room without a ballot; then those not in the room; then those who are done. */
export function waitedForFirst(rows: readonly TurnoutRow[], known: boolean): readonly TurnoutRow[] {
  const rank = (row: TurnoutRow) => {
    if (known && row.voted) return 3;
    if (!row.present) return 2;
    return row.online ? 1 : 0;
  };
  const key = (row: TurnoutRow) => fold(row.name).split(" ").reverse().join(" ");
  return [...rows].sort((a, b) => rank(a) - rank(b) || key(a).localeCompare(key(b)));
}

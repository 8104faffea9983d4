/** Seat labels as places in a plan: "B12" is row B, column 12. Labels of another shape fill rows in their order. */

import type { PlanSeat, SeatState } from "@common/components/SeatPlan.tsx";
import type { SeatView } from "@common/types.gen.ts";

const STATES: Readonly<Record<string, SeatState>> = {
  present: "present",
  absent: "absent",
  excused: "excused",
  down: "device",
};

const ACROSS = 12;

/** Every seat with its place. Rows are counted in the order in which their letters first appear. */
export function planOf(seats: readonly SeatView[]): readonly PlanSeat[] {
  const rows = new Map<string, number>();
  const split = seats.map(({ seat }) => /^(\D+?)[\s.-]*(\d+)$/.exec(seat));
  const regular = split.every((parts) => parts !== null);
  return seats.map(({ seat, state }, index) => {
    const parts = split[index];
    const row = parts?.[1] ?? "";
    if (!rows.has(row)) rows.set(row, rows.size);
    return {
      id: seat,
      label: seat,
      row: regular ? (rows.get(row) ?? 0) : Math.floor(index / ACROSS),
      column: regular ? Number(parts?.[2]) : index % ACROSS,
      state: STATES[state] ?? "empty",
    };
  });
}

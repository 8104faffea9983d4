/** Seat labels as places in a plan: "B12" is row B, column 12. Labels of another shape fill rows in their order. */

import type { PlanSeat, SeatState } from "@common/components/SeatPlan.tsx";
import type { SeatsView } from "@common/types.gen.ts";

/** The letters of SeatsView.states. */
const STATES: Readonly<Record<string, SeatState>> = { p: "present", a: "absent", x: "excused", d: "device" };

const ACROSS = 12;

/** Every seat with its place. Rows are counted in the order in which their letters first appear. */
export function planOf({ seats, states }: SeatsView): readonly PlanSeat[] {
  const rows = new Map<string, number>();
  const split = seats.map((seat) => /^(\D+?)[\s.-]*(\d+)$/.exec(seat));
  const regular = split.every((parts) => parts !== null);
  return seats.map((seat, index) => {
    const parts = split[index];
    const row = parts?.[1] ?? "";
    if (!rows.has(row)) rows.set(row, rows.size);
    return {
      id: seat,
      label: seat,
      row: regular ? (rows.get(row) ?? 0) : Math.floor(index / ACROSS),
      column: regular ? Number(parts?.[2]) : index % ACROSS,
      state: STATES[states[index] ?? ""] ?? "empty",
    };
  });
}

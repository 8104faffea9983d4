/** Seat labels become places in the plan on the wall. */

import { expect, test } from "vitest";
import { planOf } from "../../display/web/scenes/plan.ts";

test("row letters and numbers give rows and columns, letters give states", () => {
  const plan = planOf({ seats: ["A1", "A2", "B1", "B12"], states: "paxp" });
  expect(plan.map(({ row, column }) => [row, column])).toEqual([
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 12],
  ]);
  expect(plan.map(({ state }) => state)).toEqual(["present", "absent", "excused", "present"]);
});

test("labels of another shape fill rows in their order", () => {
  const plan = planOf({
    seats: Array.from({ length: 13 }, (_, n) => `chủ tọa ${"x".repeat(n)}`),
    states: "p".repeat(13),
  });
  expect(plan[12]).toMatchObject({ row: 1, column: 0 });
});

/** The clock of an agenda item on the wall: planned minutes, pauses left out. */

import { expect, test } from "vitest";
import { leftOf } from "../../display/web/scenes/itemClock.ts";

const MINUTE = 60_000;
const item = { minutes: 20, started_ms: 1_000 * MINUTE, paused_ms: 0 };

test("an item has its planned minutes from its beginning, then runs over", () => {
  expect(leftOf(item, 1_005 * MINUTE)).toBe(15 * MINUTE);
  expect(leftOf(item, 1_023 * MINUTE)).toBe(-3 * MINUTE);
});

test("a pause that is over does not count", () => {
  const rested = { ...item, paused_ms: 10 * MINUTE };
  expect(leftOf(rested, 1_015 * MINUTE)).toBe(leftOf(item, 1_005 * MINUTE));
});

test("a clock asked for a moment before the item began has all its time left", () => {
  expect(leftOf(item, 999 * MINUTE)).toBe(20 * MINUTE);
});

test("without a plan or a beginning there is no clock", () => {
  expect(leftOf({ ...item, minutes: 0 }, 1_005 * MINUTE)).toBeUndefined();
  expect(leftOf({ ...item, started_ms: null }, 1_005 * MINUTE)).toBeUndefined();
});

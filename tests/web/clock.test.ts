import { expect, test } from "vitest";
import { offsetOf, ServerClock } from "../../server/web/common/live/clock.ts";

test("slow probes do not spoil the offset", () => {
  const good = { sent: 0, received: 10, server: 1_005 }; // half way: 5, so 1000 ahead
  const better = { sent: 20, received: 26, server: 1_024 }; // 1001
  const best = { sent: 40, received: 44, server: 1_041 }; // 999
  const slow = { sent: 60, received: 2_060, server: 1_070 };
  expect(offsetOf([slow, good, better, best])).toBe(1_000);
});

test("a jump of the device's own clock changes nothing", () => {
  let monotonic = 50;
  const clock = new ServerClock(() => monotonic);
  clock.rough(1_000_000);
  monotonic += 2_500;
  expect(clock.now()).toBe(1_002_500);
});

test("a rough answer never replaces a measured one", () => {
  const clock = new ServerClock(() => 0);
  clock.set([{ sent: 0, received: 0, server: 500 }]);
  clock.rough(9_999);
  expect(clock.now()).toBe(500);
});

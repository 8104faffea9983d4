/** Sites at the console: walking over the board, whom a unit brings along, what a line must carry. */

import { expect, test } from "vitest";
import { neighbour } from "../../server/web/console/relay/grid.ts";
import { peopleIn } from "../../server/web/console/relay/sites/AdmissionTab.tsx";
import { below } from "../../server/web/console/relay/sites/InviteSheet.tsx";
import { rateText } from "../../server/web/console/relay/sites/ReadinessSheet.tsx";

const unit = (id: number, parent_id: number | null) => ({ id, parent_id, name: `${id}`, code: "", path: "" });

test("the arrow keys walk in rows and columns and stop at the edges", () => {
  // 0 1 2
  // 3 4
  const spots = [0, 1, 2, 3, 4].map((at) => ({ left: (at % 3) * 100, top: Math.floor(at / 3) * 40 }));
  const walk = (at: number, ...keys: readonly string[]) =>
    keys.reduce((place, key) => neighbour(spots, place, key), at);
  expect(walk(0, "ArrowRight", "ArrowDown")).toBe(4);
  expect(walk(2, "ArrowDown")).toBe(4);
  expect(walk(4, "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowUp")).toBe(0);
  expect(walk(4, "ArrowRight", "ArrowDown")).toBe(4);
  expect([walk(3, "Home"), walk(0, "End"), walk(1, "x")]).toEqual([0, 4, 1]);
  expect(walk(-1, "ArrowDown")).toBe(-1);
});

test("a unit brings all units below it, and not itself", () => {
  const all = [unit(1, null), unit(2, 1), unit(3, 2), unit(4, 1), unit(5, null)];
  expect(below(all, 1)).toEqual([2, 3, 4]);
  expect(below(all, 5)).toEqual([]);
});

test("people are a whole number that a room can hold", () => {
  expect([peopleIn(" 45 "), peopleIn("0"), peopleIn("100000")]).toEqual([45, 0, 100_000]);
  expect([peopleIn(""), peopleIn("-1"), peopleIn("4,5"), peopleIn("100001"), peopleIn("x")]).toEqual(
    Array(5).fill(undefined),
  );
});

test("what a line carries is read in megabits, and in gigabits above a thousand", () => {
  expect([rateText(4_700_000), rateText(412_540)]).toEqual(["4,7 Gb/s", "412,5 Mb/s"]);
});

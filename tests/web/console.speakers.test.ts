/** The order of speakers: what one step does, and what happens to it when the list changes meanwhile. */

import { expect, test } from "vitest";
import { inOrder, moved } from "../../server/web/console/run/speakers.ts";
import type { FloorRequest } from "../../server/web/console/shapes.ts";

const request = (id: number) => ({ id }) as FloorRequest;

test("a speaker moves one place up or down and changes places with the neighbour only", () => {
  expect(moved([1, 2, 3, 4], 3, -1)).toEqual([1, 3, 2, 4]);
  expect(moved([1, 2, 3, 4], 3, 1)).toEqual([1, 2, 4, 3]);
});

test("the ends of the list and a request that has gone stay where they are", () => {
  const ids = [1, 2, 3];
  expect(moved(ids, 1, -1)).toBe(ids);
  expect(moved(ids, 3, 1)).toBe(ids);
  expect(moved(ids, 9, 1)).toBe(ids);
});

test("who came meanwhile stands at the end, who has gone is left out", () => {
  const waiting = [request(1), request(2), request(5)];
  expect(inOrder(waiting, [3, 2, 1]).map((one) => one.id)).toEqual([2, 1, 5]);
});

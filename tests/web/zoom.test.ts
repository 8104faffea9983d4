import { expect, test } from "vitest";
import { FIT, fitted, keepInside, LARGEST, pinch, swipe, zoomAt } from "../../server/web/common/zoom.ts";

const BOX = { width: 800, height: 400 };
const PAGE = { width: 300, height: 400 };

test("what is under the finger stays under the finger", () => {
  const finger = { x: 100, y: -50 };
  const view = zoomAt({ scale: 1.5, x: 20, y: 10 }, 2, finger);
  const before = { x: (finger.x - 20) / 1.5, y: (finger.y - 10) / 1.5 };
  expect((finger.x - view.x) / view.scale).toBeCloseTo(before.x);
  expect((finger.y - view.y) / view.scale).toBeCloseTo(before.y);
});

test("a page smaller than the box stays in the middle; a larger one covers the box", () => {
  expect(keepInside({ scale: 1, x: 90, y: 90 }, PAGE, BOX)).toEqual({ scale: 1, x: 0, y: 0 });
  expect(keepInside({ scale: 4, x: 9_999, y: -9_999 }, PAGE, BOX)).toEqual({ scale: 4, x: 200, y: -600 });
});

test("two fingers that spread to twice the distance zoom twice, up to the largest", () => {
  const near = [
    { x: -50, y: 0 },
    { x: 50, y: 0 },
  ] as const;
  const far = [
    { x: -100, y: 0 },
    { x: 100, y: 0 },
  ] as const;
  expect(pinch(FIT, near, far)).toEqual({ scale: 2, x: 0, y: 0 });
  expect(pinch({ scale: LARGEST, x: 0, y: 0 }, near, far).scale).toBe(LARGEST);
});

test("two fingers that move together move the page", () => {
  const from = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ] as const;
  const to = [
    { x: 30, y: 40 },
    { x: 130, y: 40 },
  ] as const;
  expect(pinch({ scale: 2, x: 0, y: 0 }, from, to)).toEqual({ scale: 2, x: 30, y: 40 });
});

test("a swipe to the left is the next page; a slanting or short one is none", () => {
  expect(swipe({ x: -120, y: 10 })).toBe(1);
  expect(swipe({ x: 120, y: 10 })).toBe(-1);
  expect(swipe({ x: -120, y: 100 })).toBe(0);
  expect(swipe({ x: -20, y: 0 })).toBe(0);
});

test("a page is shown whole", () => {
  expect(fitted({ width: 1_000, height: 2_000 }, BOX)).toEqual({ width: 200, height: 400 });
});

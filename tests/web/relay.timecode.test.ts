/** The time code that tests burn into pictures is read from a canvas as from a decoder. */

import { expect, test } from "vitest";
import { readTimeCode } from "./timecode.ts";

const WIDTH = 320;
const HEIGHT = 180;

/** Pixels of a picture with this number; `spoil` flips one bit. */
function picture(number: number, spoil = -1): Uint8ClampedArray {
  const bytes = Array.from({ length: 6 }, (_, at) => Math.floor(number / 256 ** (5 - at)) % 256);
  const said = [...bytes, bytes.reduce((all, one) => all ^ one, 0xa5)];
  const bits = said.flatMap((byte) => Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1));
  const cells = [1, 0, ...bits.map((bit, at) => (at === spoil ? 1 - bit : bit))];
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (let y = 0; y < 20; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const cell = cells[Math.floor(y / 10) * 32 + Math.floor(x / 10)] ?? 0;
      pixels.fill(cell ? 225 : 30, (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3);
    }
  }
  return pixels;
}

test("a moment of today and the largest number come back whole", () => {
  for (const number of [0, 1, 1_795_640_461_123, 2 ** 48 - 1]) {
    expect(readTimeCode(picture(number), WIDTH, HEIGHT)).toBe(number);
  }
});

test("a picture with a wrong bit, or without a strip, is no number", () => {
  expect(readTimeCode(picture(1_795_640_461_123, 30), WIDTH, HEIGHT)).toBeNull();
  expect(readTimeCode(new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(128), WIDTH, HEIGHT)).toBeNull();
});

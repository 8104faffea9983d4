/**
 * Reads the number burned into a picture (tests/relay/timecode.py) from a canvas's pixels, in a browser or in vitest.
 *
 * Strip: 2 rows of 32 cells over the top ninth; cell 0 white, cell 1 black, 48 bits of the number, 8 bits of check.
 */

const COLUMNS = 32;
const CELL_HEIGHTS = 18;
const FIRST_BIT = 2;
const BITS = 48;
const CHECK_BITS = 8;
const LEAST_CONTRAST = 64;

/**
 * The number; null where there is no whole strip. `pixels` are RGBA, row by row, from the top;
 * `full` is the height of the whole picture.
 */
export function readTimeCode(pixels: ArrayLike<number>, width: number, full: number): number | null {
  const cell = (number: number): number => {
    const row = Math.floor(number / COLUMNS);
    const column = number % COLUMNS;
    const x = Math.floor(((2 * column + 1) * width) / (2 * COLUMNS));
    const y = Math.floor(((2 * row + 1) * full) / (2 * CELL_HEIGHTS));
    let sum = 0;
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dx = -1; dx <= 1; dx += 1) sum += pixels[((y + dy) * width + x + dx) * 4 + 1] ?? 0;
    }
    return sum / 9;
  };
  const white = cell(0);
  const black = cell(1);
  if (!(white - black >= LEAST_CONTRAST)) return null;
  const middle = (white + black) / 2;
  let number = 0;
  let check = 0;
  let sum = 0xa5;
  for (let at = 0; at < BITS; at += 1) {
    const bit = cell(FIRST_BIT + at) > middle ? 1 : 0;
    number = number * 2 + bit; // 48 bits: shifts would lose the upper sixteen
    sum ^= bit << (7 - (at % 8));
  }
  for (let at = 0; at < CHECK_BITS; at += 1) check = check * 2 + (cell(FIRST_BIT + BITS + at) > middle ? 1 : 0);
  return check === sum ? number : null;
}

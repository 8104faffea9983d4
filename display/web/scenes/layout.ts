/** How many rows the wall shows at once, and in how many columns, so that they can be read at 15 m. */

/** Rows on one page, at most; more take turns. */
export const MOST_ROWS = 24;
/** How long a page stands, in ms. */
const TURN_MS = 10_000;

/** Columns for so many rows: eight stand below each other, more beside each other. */
export function columnsFor(rows: number): number {
  if (rows <= 8) return 1;
  return rows <= 16 ? 2 : 3;
}

/** Equal pages of at most `most` rows. */
export function pagesOf<T>(rows: readonly T[], most = MOST_ROWS): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(rows.length / most));
  const each = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, page) => rows.slice(page * each, (page + 1) * each));
}

/** Which of some pages stands at a moment of the server: all walls turn together. */
export function turn(pages: number, now: number): number {
  return pages < 2 ? 0 : Math.floor(now / TURN_MS) % pages;
}

/** How the names stand: down the first column, then the next; all of them on one screen without scrolling. */

export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Rows are too low for a second line with title and unit. */
  readonly tight: boolean;
}

const ROOMY = 12; // rows that leave place for title and unit below the name
const MOST_ROWS = 21;
const TIGHT_ROWS = 25;

/** See Layout. `lines`: at most 150. */
export function layoutOf(lines: number): Layout {
  if (lines <= ROOMY) return { columns: 1, rows: lines, tight: false };
  if (lines <= ROOMY * 2) return { columns: 2, rows: Math.ceil(lines / 2), tight: false };
  const most = lines <= MOST_ROWS * 3 ? MOST_ROWS : TIGHT_ROWS;
  const columns = Math.max(2, Math.ceil(lines / most));
  return { columns, rows: Math.ceil(lines / columns), tight: true };
}

/** "Nguyễn Thị Mẫu Hạnh" → "N.T.M. Hạnh": the given name is what tells people apart where a column is narrow. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const given = words.pop() ?? "";
  return words.length === 0 ? given : `${words.map((word) => `${word[0]}.`).join("")} ${given}`;
}

/** Ballots are bundled by fifty while they are counted: which bundle a ballot lies in, and where. */
export const BUNDLE = 50;

export function placeOf(number: number): { readonly bundle: number; readonly place: number } {
  return { bundle: Math.ceil(number / BUNDLE), place: ((number - 1) % BUNDLE) + 1 };
}

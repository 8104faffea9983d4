/** The published result of a vote on paper, as rows. */

import type { PublicLine, PublicPaperVote, PublicResult } from "@common/types.gen.ts";
import { expect, test } from "vitest";
import { columnsFor, pagesOf, turn } from "../../display/web/scenes/layout.ts";
import { paperText } from "../../kiosk/web/paper/Paper.tsx";
import { fromHighToLow, inOrder } from "../../kiosk/web/paper/rows.ts";

const line = (number: number, votes: number, outcome: string): PublicLine => ({
  line: number,
  name: `Họ Tên ${number}`,
  votes,
  against: 0,
  high: 0,
  plain: 0,
  low: 0,
  uncounted: 0,
  outcome,
  notices: [],
});

const result: PublicResult = {
  figures: { issued: 60, returned: 60, not_returned: 0, valid: 60, invalid: 0, invalid_by: [] },
  base_count: 60,
  needed: 31,
  seats_left: 1,
  lines: [
    line(1, 35, "tied"),
    line(2, 58, "elected"),
    line(3, 35, "tied"),
    line(4, 20, "not_elected"),
    line(5, 40, "withdrawn"),
  ],
  elected: [2],
  tied: [1, 3],
  next: "",
  next_en: "",
};

const vote: PublicPaperVote = {
  id: 1,
  round: 1,
  title: "Bầu",
  kind: "election_surplus",
  seats: 2,
  state: "published",
  rule: "",
  rule_en: "",
  citation: "",
  issued: 60,
  returned: 60,
  withdrawn: [],
  result,
};

test("in the ballot's order everybody stands at his line, and who withdrew is struck through", () => {
  const rows = inOrder(vote, result);
  expect(rows.map(({ place, counts }) => [place, counts])).toEqual([
    ["1", 35],
    ["2", 58],
    ["3", 35],
    ["4", 20],
    ["5", 40],
  ]);
  expect(rows.map(({ tone }) => tone)).toEqual(["warn", "good", "warn", undefined, "off"]);
});

test("the elected come first, those tied after them without a place, nobody else", () => {
  expect(fromHighToLow(result).map(({ place, key }) => [place, key])).toEqual([
    ["1", 2],
    ["=", 1],
    ["=", 3],
  ]);
});

test("a confidence vote names the greatest threshold that was reached", () => {
  const low = { ...line(1, 0, ""), high: 5, plain: 10, low: 45, notices: ["low-more-than-half", "low-two-thirds"] };
  const [row] = inOrder({ ...vote, kind: "confidence" }, { ...result, lines: [low] });
  expect(row).toMatchObject({ counts: { high: 5, plain: 10, low: 45 }, tone: "warn", note: "thấp ≥ 2/3" });
});

test("only who is entitled is asked to take a ballot; a published vote says nothing more", () => {
  expect(paperText("issued", true)).not.toBe(paperText("issued", false));
  expect(paperText("published", true)).toBeUndefined();
  expect(paperText("draft", true)).toBeUndefined();
});

test("sixty rows take turns in equal pages, each in columns of at most eight", () => {
  const pages = pagesOf(Array.from({ length: 60 }, (_, n) => n));
  expect(pages.map((page) => page.length)).toEqual([20, 20, 20]);
  expect(pages.flat()).toHaveLength(60);
  for (const rows of [1, 8, 9, 16, 17, 24]) expect(Math.ceil(rows / columnsFor(rows))).toBeLessThanOrEqual(8);
});

test("every page has its turn, and one page stands still", () => {
  expect(new Set([0, 10_000, 20_000].map((now) => turn(3, now)))).toEqual(new Set([0, 1, 2]));
  expect(turn(1, 123_456)).toBe(0);
});

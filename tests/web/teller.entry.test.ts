/** Typing a ballot: sequences of keys and the marks they make. */

import { describe, expect, test } from "vitest";
import { begin, type Deed, type Draft, openLines, press } from "../../server/web/teller/entry/ballot.ts";
import { layoutOf, placeOf, shortName } from "../../server/web/teller/entry/layout.ts";
import { type Form, judged, type Kind } from "../../server/web/teller/entry/marks.ts";

function form(kind: Kind, lines: number, seats: number, ignored: number[] = []): Form {
  return { kind, lines, seats, ignored: new Set(ignored) };
}

const FIVE = form("election_surplus", 5, 4);

/** Press keys one after the other: "7 Enter 2 3 Enter"; digits may stand together. */
function typed(of: Form, keys: string, from: Draft = begin(of, 1), rows?: number): { draft: Draft; deeds: Deed[] } {
  const deeds: Deed[] = [];
  let draft = from;
  const single = keys.split(" ").flatMap((key) => (/^[\d-]+$/.test(key) ? Array.from(key) : [key]));
  for (const key of single) {
    const pressed = press(draft, of, key === "Space" ? " " : key, rows);
    draft = pressed.draft;
    if (pressed.deed) deeds.push(pressed.deed);
  }
  return { draft, deeds };
}

const marks = (of: Form, keys: string) => typed(of, keys).draft.marks;

describe("names to strike out", () => {
  test("everything is kept until a number strikes it out", () => {
    expect(marks(FIVE, "2 Enter 5 Enter")).toBe("kskks");
    expect(marks(form("election_surplus", 60, 55), "7 Enter 23 Enter")).toMatch(/^k{6}sk{15}sk{37}$/);
  });

  test("the same number again keeps the name after all", () => {
    expect(marks(FIVE, "2 Enter 2 Enter")).toBe("kkkkk");
  });

  test("a range strikes out many, the arrows and X one", () => {
    expect(marks(FIVE, "2-4 Enter")).toBe("ksssk");
    expect(marks(FIVE, "ArrowDown ArrowDown x ArrowUp Space")).toBe("kssk" + "k");
    expect(marks(FIVE, "2-4 Enter a")).toBe("kkkkk");
  });

  test("a number that is not on the list changes nothing and is said", () => {
    for (const keys of ["6 Enter", "0 Enter", "4-2 Enter", "3-9 Enter", "123456789 Enter"]) {
      const { draft, deeds } = typed(FIVE, keys);
      expect([keys, draft.marks, draft.note?.what, deeds]).toEqual([keys, "kkkkk", "no-line", []]);
    }
  });

  test("Enter twice writes the ballot down, with a last look between", () => {
    const looked = typed(FIVE, "2 Enter Enter");
    expect([looked.draft.looking, looked.deeds]).toEqual([true, []]);
    expect(typed(FIVE, "2 Enter Enter Enter").deeds).toEqual([
      { do: "write", number: 1, reading: { marks: "kskkk", invalid: undefined } },
    ]);
    expect(typed(FIVE, "2 Enter F9").deeds).toHaveLength(1);
    expect(typed(FIVE, "2 F9").deeds).toEqual([]); // what is typed is struck out first
  });

  test("F9 pressed twice never writes down a next ballot that nobody touched", () => {
    expect(typed(FIVE, "F9").deeds).toEqual([]);
    expect(typed(FIVE, "F9 F9").deeds).toHaveLength(1);
  });

  test("a correction ends the last look, so that no key writes down what was not looked at", () => {
    const { draft, deeds } = typed(FIVE, "2 Enter Enter 3 Enter Enter");
    expect([draft.marks, draft.looking, deeds]).toEqual(["ksskk", true, []]);
    expect(typed(FIVE, "Enter Escape Enter").deeds).toEqual([]);
  });

  test("Backspace takes back a digit, then a step, as often as there are steps", () => {
    expect(marks(FIVE, "2 Enter 45 Backspace Enter")).toBe("kskkk".replace(/.(?=.$)/, "s"));
    expect(marks(FIVE, "2 Enter 4 Enter Backspace")).toBe("kskkk");
    expect(marks(FIVE, "2 Enter 4 Enter Backspace Backspace Backspace")).toBe("kkkkk");
  });

  test("the arrows go down a column and across to the next", () => {
    const cursor = (keys: string) => typed(FIVE, keys, begin(FIVE, 1), 3).draft.cursor;
    expect([
      cursor("ArrowDown"),
      cursor("ArrowRight"),
      cursor("ArrowRight ArrowRight"),
      cursor("End ArrowLeft"),
    ]).toEqual([2, 4, 4, 2]);
  });
});

describe("a digit a line", () => {
  const THREE = form("election_no_surplus", 3, 3);

  test("digits mark a line and go on to the next", () => {
    expect(marks(THREE, "1 2 0")).toBe("fan");
    expect(marks(THREE, "1 3")).toBe("fb?");
    expect(marks(form("confidence", 5, 0), "12309")).toBe("hplnm");
  });

  test("A says what most ballots say, and lines are then corrected", () => {
    expect(marks(THREE, "a d 2 Enter 2")).toBe("faf");
    expect(marks(form("confidence", 3, 0), "a ArrowDown 3")).toBe("hlh");
  });

  test("a ballot with lines that nobody entered is not written down", () => {
    const { draft, deeds } = typed(THREE, "1 F9");
    expect([deeds, draft.note, draft.cursor, openLines(draft)]).toEqual([[], { what: "open-lines", count: 2 }, 2, 2]);
    expect(typed(THREE, "1 z Enter Enter").deeds).toEqual([
      { do: "write", number: 1, reading: { marks: "fnn", invalid: undefined } },
    ]);
  });

  test("a digit that means nothing here changes nothing", () => {
    expect(marks(THREE, "9 5 1")).toBe("f??");
  });
});

describe("invalid ballots and earlier ones", () => {
  test("I and a category are the ballot, whatever was marked before", () => {
    expect(typed(FIVE, "2 Enter i 4 Enter").deeds).toEqual([
      { do: "write", number: 1, reading: { marks: "", invalid: "other_names" } },
    ]);
    expect(typed(form("confidence", 3, 0), "i 1 F9").deeds).toHaveLength(1);
  });

  test("I again, or undoing, makes it valid and brings the marks back", () => {
    expect(typed(FIVE, "2 Enter i 4 i").draft).toMatchObject({ marks: "kskkk", invalid: undefined });
    expect(typed(FIVE, "2 Enter i 4 Backspace").draft).toMatchObject({ marks: "kskkk", invalid: undefined });
    expect(typed(FIVE, "i 9 Escape").draft).toMatchObject({ invalid: undefined, asking: undefined });
  });

  test("P and a number open an earlier ballot; Escape leaves it as it is", () => {
    expect(typed(FIVE, "p 12 Enter").deeds).toEqual([{ do: "open", number: 12 }]);
    const earlier = begin(FIVE, 12, { marks: "kksks", invalid: undefined });
    expect(typed(FIVE, "Escape", earlier).deeds).toEqual([{ do: "leave" }]);
    expect(typed(FIVE, "3 Enter 4 Enter F9", earlier).deeds).toEqual([
      { do: "write", number: 12, reading: { marks: "kkkss", invalid: undefined } },
    ]);
  });
});

describe("what the teller is told at once", () => {
  test("too many names, or none (190-QĐ/TW Điều 30)", () => {
    expect(judged(FIVE, "kkkkk")).toBe("too_many");
    expect(judged(FIVE, "kkkks")).toBeUndefined();
    expect(judged(FIVE, "sssss")).toBe("nobody");
    expect(judged(form("election_no_surplus", 1, 1), "b")).toBe("other");
    expect(judged(form("election_no_surplus", 1, 1), "n")).toBe("nobody");
    expect(judged(form("election_no_surplus", 3, 3), "bnb")).toBeUndefined();
    expect(judged(form("confidence", 2, 0), "nm")).toBeUndefined();
  });

  test("a name that withdrew after printing is in no count", () => {
    expect(judged(form("election_surplus", 5, 4, [5]), "kkkkk")).toBeUndefined();
    expect(judged(form("election_surplus", 5, 4, [5]), "ssssk")).toBe("nobody");
  });
});

test("every list fits on one screen: rows and columns hold all lines", () => {
  for (let lines = 1; lines <= 150; lines += 1) {
    const { columns, rows } = layoutOf(lines);
    expect(columns * rows).toBeGreaterThanOrEqual(lines);
    expect([lines, rows <= 25, columns <= 6]).toEqual([lines, true, true]);
  }
  expect(layoutOf(60)).toEqual({ columns: 3, rows: 20, tight: true });
});

test("a narrow column keeps the given name", () => {
  expect([shortName("Nguyễn Thị Mẫu Hạnh"), shortName(" Đỗ  Mẫu An "), shortName("An")]).toEqual([
    "N.T.M. Hạnh",
    "Đ.M. An",
    "An",
  ]);
});

test("ballots lie in bundles of fifty", () => {
  expect([placeOf(1), placeOf(50), placeOf(51)]).toEqual([
    { bundle: 1, place: 1 },
    { bundle: 1, place: 50 },
    { bundle: 2, place: 1 },
  ]);
});

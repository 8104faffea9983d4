/** Moves within an agenda of two levels, as the secretary makes them with keys and by dragging. */

import { describe, expect, test } from "vitest";
import { drop, indent, outdent, type Place, shift } from "../../server/web/console/prepare/order.ts";

/** "1 2(21 22) 3" → places, and back: an agenda one can read. */
function agenda(text: string): readonly Place[] {
  let parent: number | null = null;
  return [...text.matchAll(/(\d+)|([()])/g)].flatMap((found): Place[] => {
    if (found[2] === ")") parent = null;
    if (found[1] === undefined) return [];
    const id = Number(found[1]);
    const place = { id, parent_id: parent };
    if (text[(found.index ?? 0) + found[1].length] === "(") parent = id;
    return [place];
  });
}

function written(order: readonly Place[]): string {
  return order
    .filter((place) => place.parent_id === null)
    .map((top) => {
      const below = order.filter((place) => place.parent_id === top.id).map((place) => place.id);
      return below.length > 0 ? `${top.id}(${below.join(" ")})` : String(top.id);
    })
    .join(" ");
}

const START = "1 2(21 22) 3(31) 4";

describe("one place up or down", () => {
  test.each([
    ["a main item takes its sub-items along", 2, -1, "2(21 22) 1 3(31) 4"],
    ["sub-items change places", 21, 1, "1 2(22 21) 3(31) 4"],
    ["the last sub-item goes on into the next item", 22, 1, "1 2(21) 3(22 31) 4"],
    ["the first sub-item goes back into the item before", 31, -1, "1 2(21 22 31) 3 4"],
    ["the first stays the first", 1, -1, START],
    ["the last stays the last", 4, 1, START],
  ] as const)("%s", (_name, id, step, after) => {
    expect(written(shift(agenda(START), id, step))).toBe(after);
  });
});

describe("levels", () => {
  test("a main item becomes the last sub-item of the one above", () => {
    expect(written(indent(agenda(START), 4))).toBe("1 2(21 22) 3(31 4)");
  });

  test("an item with sub-items stays where it is: there are two levels", () => {
    expect(written(indent(agenda(START), 3))).toBe(START);
  });

  test("a sub-item becomes a main item after its former parent", () => {
    expect(written(outdent(agenda(START), 21))).toBe("1 2(22) 21 3(31) 4");
  });
});

describe("dragging", () => {
  test.each([
    ["before another main item", 4, 2, "before", "1 4 2(21 22) 3(31)"],
    ["after it, sub-items and all", 2, 3, "after", "1 3(31) 2(21 22) 4"],
    ["into it", 4, 1, "into", "1(4) 2(21 22) 3(31)"],
    ["among its sub-items", 4, 22, "before", "1 2(21 4 22) 3(31)"],
    ["a sub-item between main items", 31, 1, "after", "1 31 2(21 22) 3 4"],
    ["onto itself changes nothing", 2, 2, "after", START],
    ["a block into a block changes nothing", 2, 3, "into", START],
  ] as const)("%s", (_name, id, target, where, after) => {
    expect(written(drop(agenda(START), id, target, where))).toBe(after);
  });
});

test("no move loses or doubles an item", () => {
  const ids = (order: readonly Place[]) => order.map((place) => place.id).sort();
  const start = agenda(START);
  for (const { id } of start) {
    const moved = [shift(start, id, 1), shift(start, id, -1), indent(start, id), outdent(start, id)];
    for (const { id: target } of start) {
      for (const where of ["before", "after", "into"] as const) moved.push(drop(start, id, target, where));
    }
    for (const order of moved) expect(ids(order)).toEqual(ids(start));
  }
});

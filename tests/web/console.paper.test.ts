/** Lists of names as they are pasted, and names moved within a list. */

import { expect, test } from "vitest";
import { readPasted } from "../../server/web/console/paper/paste.ts";
import { moved, placed } from "../../server/web/console/paper/steps.ts";

const names = (text: string) => readPasted(text).map((one) => one.name);

test("one person a line, numbers and empty lines left out", () => {
  expect(names("1. Nguyễn Mẫu An\r\n\n2) Trần  Thị Mẫu Bảo \n03 Lê Mẫu Chi\nPhạm Mẫu Dũng")).toEqual([
    "Nguyễn Mẫu An",
    "Trần Thị Mẫu Bảo",
    "Lê Mẫu Chi",
    "Phạm Mẫu Dũng",
  ]);
});

test("columns come by tab or semicolon, with or without a column of numbers", () => {
  const one = { name: "Nguyễn Mẫu An", title: "Bí thư", unit: "Văn phòng", birth: "1975" };
  expect(readPasted("1\tNguyễn Mẫu An\tBí thư\tVăn phòng\t1975")).toEqual([one]);
  expect(readPasted("Nguyễn Mẫu An; Bí thư; Văn phòng; 1975")).toEqual([one]);
  expect(readPasted("Nguyễn Mẫu An")).toEqual([{ name: "Nguyễn Mẫu An", title: "", unit: "", birth: "" }]);
  expect(readPasted(" \n;;\n12\n")).toEqual([{ name: "12", title: "", unit: "", birth: "" }]);
});

test("a name moves by one and stops at the ends", () => {
  expect(moved([1, 2, 3], 2, -1)).toEqual([2, 1, 3]);
  expect(moved([1, 2, 3], 2, 1)).toEqual([1, 3, 2]);
  const order = [1, 2, 3];
  expect(moved(order, 1, -1)).toBe(order);
  expect(moved(order, 3, 1)).toBe(order);
  expect(moved(order, 9, 1)).toBe(order);
});

test("a name dropped upon another takes its place", () => {
  expect(placed([1, 2, 3, 4], 4, 1)).toEqual([1, 4, 2, 3]);
  expect(placed([1, 2, 3, 4], 1, 2)).toEqual([2, 3, 1, 4]);
  expect(placed([1, 2], 7, 0)).toEqual([1, 2]);
});

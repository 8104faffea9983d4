/** Names are found the way people type them on a small pad. */

import { expect, test } from "vitest";
import { matches } from "../../kiosk/web/sign-in/find.ts";

test("diacritics, case and đ do not matter", () => {
  expect(matches("Đặng Thị Hoà", "dang thi hoa")).toBe(true);
  expect(matches("Nguyễn Văn Ưng", "UNG")).toBe(true);
});

test("beginnings of words in their order are enough, and so are initials", () => {
  expect(matches("Nguyễn Văn An", "ng an")).toBe(true);
  expect(matches("Nguyễn Văn An", "nva")).toBe(true);
  expect(matches("Nguyễn Văn An", "an ng")).toBe(false);
  expect(matches("Nguyễn Văn An", "binh")).toBe(false);
});

test("nothing typed finds everybody", () => {
  expect(matches("Nguyễn Văn An", "  ")).toBe(true);
});

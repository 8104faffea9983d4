import { expect, test } from "vitest";
import { keyName } from "../../server/web/common/keys.ts";

const press = (key: string, modifiers: Partial<Record<"ctrlKey" | "altKey" | "metaKey" | "shiftKey", boolean>> = {}) =>
  keyName({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...modifiers });

test("keys have one name, whatever Caps Lock says", () => {
  expect(press("v")).toBe("v");
  expect(press("V")).toBe("v");
  expect(press("V", { shiftKey: true })).toBe("Shift+V");
  expect(press("?", { shiftKey: true })).toBe("?");
  expect(press("ArrowUp", { altKey: true })).toBe("Alt+ArrowUp");
  expect(press("s", { metaKey: true })).toBe("Ctrl+s");
});

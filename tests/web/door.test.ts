/** The door's decoder: two packages that only work when they are of one version; and the scanner that types. */

import { readFileSync } from "node:fs";
import { ZXING_WASM_VERSION } from "barcode-detector/ponyfill";
import { expect, test } from "vitest";
import { ScannerKeys } from "../../server/web/door/scanner.ts";

test("the wasm file is of the version the decoder was built with", () => {
  const { version } = JSON.parse(readFileSync("node_modules/zxing-wasm/package.json", "utf8")) as { version: string };
  expect(version).toBe(ZXING_WASM_VERSION);
});

function typed(keys: ScannerKeys, text: string, pause: number): string | undefined {
  let now = 1_000;
  for (const key of text) {
    now += pause;
    keys.take(key, now);
  }
  return keys.take("Enter", now + pause);
}

test("a code typed by a scanner is taken whole, in capitals", () => {
  expect(typed(new ScannerKeys(), "ns1abcdefghij234567", 5)).toBe("NS1ABCDEFGHIJ234567");
});

test("a person who types slowly is not a scanner", () => {
  expect(typed(new ScannerKeys(), "NS1ABCDEFGHIJ234567", 200)).toBeUndefined();
});

test("a few letters and Enter are not a code, and do not spoil the next one", () => {
  const keys = new ScannerKeys();
  expect(typed(keys, "abc", 5)).toBeUndefined();
  expect(typed(keys, "NS1ABCDEFGHIJ234567", 5)).toBe("NS1ABCDEFGHIJ234567");
});

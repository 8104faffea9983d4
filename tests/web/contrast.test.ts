/** Every text colour is readable: 7:1 on paper and on raised paper, 4.5:1 on its own wash, in both themes. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ROOT } from "./root.ts";

const css = readFileSync(`${ROOT}server/web/common/styles/tokens.css`, "utf8");

function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  return new Map(Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), (hit) => [hit[1] ?? "", hit[2] ?? ""]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const light = colours(":root");
const themes: [string, Map<string, string>][] = [
  ["light", light],
  ["dark", new Map([...light, ...colours('[data-theme="dark"]')])],
];

describe.each(themes)("%s", (_name, theme) => {
  const of = (name: string) => {
    const found = theme.get(name);
    if (found === undefined) throw new Error(`no colour --${name}`);
    return found;
  };

  test.each(["ink", "ink-soft", "party", "for", "against", "abstain"])("--%s is text", (name) => {
    expect(contrast(of(name), of("paper"))).toBeGreaterThanOrEqual(7);
    expect(contrast(of(name), of("paper-raised"))).toBeGreaterThanOrEqual(7);
  });

  test.each(["for", "against", "abstain", "party"])("--%s has its own ground and wash", (name) => {
    expect(contrast(of(`on-${name}`), of(name))).toBeGreaterThanOrEqual(7);
    expect(contrast(of(name), of(`${name}-wash`))).toBeGreaterThanOrEqual(4.5);
  });

  test("edges of controls and the focus ring are seen", () => {
    expect(contrast(of("line-strong"), of("paper"))).toBeGreaterThanOrEqual(3);
    expect(contrast(of("focus"), of("paper"))).toBeGreaterThanOrEqual(4.5);
  });
});

// @vitest-environment happy-dom
/** Shares on screen add up, whatever was counted; thousands of random counts, the same ones in every run. */

import { render } from "preact";
import { expect, test } from "vitest";
import { VoteBars } from "../../server/web/common/components/VoteBars.tsx";
import { sharesOf } from "../../server/web/common/shares.ts";

const CASES = 6000;

/** Mulberry32: small, and the same numbers for the same seed. */
function random(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % (most + 1);
  };
}

interface Case {
  readonly counts: readonly number[];
  readonly silent: number;
  readonly whole: number;
  readonly units: number;
}

function cases(seed: number): readonly Case[] {
  const pick = random(seed);
  return Array.from({ length: CASES }, (_, place) => {
    const most = [3, 12, 60, 700][place % 4] ?? 3;
    const counts = Array.from({ length: 1 + pick(4) }, () => pick(most));
    const silent = pick(most);
    const whole = counts.reduce((a, b) => a + b, silent);
    return { counts, silent, whole, units: [100, 1000, 10_000][place % 3] ?? 1000 };
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

test("shares and that of those who cast no ballot are exactly all", () => {
  for (const { counts, silent, whole, units } of cases(1)) {
    const made = sharesOf([...counts, silent], whole, units);
    expect(sum(made), `${counts} + ${silent}`).toBe(whole > 0 ? units : 0);
    expect(sharesOf(counts, whole, units), "seen or not, the rest takes part").toEqual(made.slice(0, -1));
  }
});

test("each share is its exact value rounded down or up, in whole units", () => {
  for (const { counts, whole, units } of cases(2)) {
    for (const [place, share] of sharesOf(counts, whole, units).entries()) {
      const exact = whole > 0 ? ((counts[place] ?? 0) * units) / whole : 0;
      expect([Math.floor(exact), Math.ceil(exact)], `${counts[place]} of ${whole}`).toContain(share);
    }
  }
});

test("a larger count never has a smaller share", () => {
  for (const { counts, whole, units } of cases(3)) {
    const made = sharesOf(counts, whole, units);
    const ordered = counts.map((count, place) => [count, made[place] ?? 0] as const).sort((a, b) => a[0] - b[0]);
    for (const [place, [count, share]] of ordered.entries()) {
      const [before, smaller] = ordered[place - 1] ?? [0, 0];
      if (before < count) expect(smaller, `${counts} of ${whole}`).toBeLessThanOrEqual(share);
    }
  }
});

test("a tie looks like a tie where the sum allows it", () => {
  expect(sharesOf([29, 29], 60, 1000)).toEqual([483, 483]);
  expect(sharesOf([46, 6, 4, 4], 60, 1000)).toEqual([766, 100, 67, 67]);
  expect(sum(sharesOf([1, 1, 1], 3))).toBe(1000);
  expect(sharesOf([0, 0, 0], 0)).toEqual([0, 0, 0]);
});

test("the bars show shares that add up, where each alone would be rounded up", () => {
  const root = document.createElement("div");
  render(VoteBars({ counts: { for: 4, against: 1, abstain: 1 }, base: 6, shares: true }), root);
  const shown = [...root.querySelectorAll("small")].map(({ textContent }) => textContent ?? "");
  const tenths = shown.map((text) => Math.round(Number(text.replace("%", "").replace(",", ".").trim()) * 10));
  expect(tenths).toEqual([666, 167, 167]);
});

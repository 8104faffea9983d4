/** The echo test's correlation, on sounds that are made here: delay, noise, reflections, clipping. */

import { describe, expect, it } from "vitest";
import { agreed, EVERY_S, find, findAll, floorDb, sweep } from "../../server/web/site/test/echo.ts";
import { figuresOf, joined } from "../../server/web/site/test/listen.ts";

const RATE = 16_000;
const PLAYED = sweep(RATE).map((one) => one * 0.25);

/** Noise that is the same at each run (a linear congruential generator). */
function noise(length: number, level: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return level * (state / 2 ** 31 - 1);
  });
}

interface Way {
  readonly ms: number;
  readonly db: number;
}

/** What a microphone hears of sweeps that are played each EVERY_S, by several ways. */
function room(ways: readonly Way[], hiss = 0, times = 1): Float32Array {
  const every = Math.round(EVERY_S * RATE);
  const heard = noise(every * times, hiss);
  for (let time = 0; time < times; time += 1)
    for (const { ms, db } of ways) {
      const from = time * every + Math.round((ms * RATE) / 1000);
      PLAYED.forEach((one, at) => {
        if (from + at < heard.length) heard[from + at] = (heard[from + at] ?? 0) + one * 10 ** (-db / 20);
      });
    }
  return heard;
}

describe("one sweep", () => {
  it("is found where it came and as strong as it came", () => {
    const echo = find(room([{ ms: 87.5, db: 20 }]), PLAYED, RATE);
    expect(echo?.delayMs).toBeCloseTo(87.5, 1);
    expect(echo?.lossDb).toBeCloseTo(20, 1);
  });

  it("is found below the noise of the room", () => {
    const echo = find(room([{ ms: 120, db: 26 }], 0.05), PLAYED, RATE); // the echo is 9 dB below the noise
    expect(echo?.delayMs).toBeCloseTo(120, 0);
    expect(Math.abs((echo?.lossDb ?? 0) - 26)).toBeLessThan(1.5);
  });

  it("is not found in noise alone, nor in silence, nor in another tone", () => {
    const silence = new Float32Array(Math.round(EVERY_S * RATE));
    const tone = silence.map((_, at) => 0.5 * Math.sin((2 * Math.PI * 660 * at) / RATE));
    expect(find(silence, PLAYED, RATE)).toBeNull();
    for (let seed = 1; seed < 6; seed += 1) expect(find(noise(silence.length, 0.3, seed), PLAYED, RATE)).toBeNull();
    expect(agreed(findAll(tone, PLAYED, RATE, 1))).toBeNull();
  });

  it("comes first by the direct way, also where a reflection is stronger", () => {
    const ways = [
      { ms: 40, db: 24 },
      { ms: 52, db: 22 },
      { ms: 75, db: 30 },
    ];
    expect(find(room(ways, 0.01), PLAYED, RATE)?.delayMs).toBeCloseTo(40, 0);
  });

  it("is found when the microphone's input clips", () => {
    const clipped = room([{ ms: 30, db: 0 }]).map((one) => Math.max(-0.08, Math.min(0.08, one)));
    const echo = find(clipped, PLAYED, RATE);
    expect(echo?.delayMs).toBeCloseTo(30, 0);
    expect(echo?.lossDb).toBeGreaterThan(4); // it is told weaker than it was: that is what clipping does
  });
});

describe("several sweeps", () => {
  it("must agree about the delay", () => {
    const one = { delayMs: 40, lossDb: 20 };
    expect(agreed([one, { ...one, delayMs: 41 }, null])?.delayMs).toBe(41);
    expect(agreed([one, { ...one, delayMs: 300 }])).toBeNull();
    expect(agreed([one, null])).toBeNull();
    expect(agreed([])).toBeNull();
  });

  it("are found one by one in a recording", () => {
    const found = findAll(room([{ ms: 60, db: 30 }], 0.01, 3), PLAYED, RATE, 3);
    expect(found.map((one) => Math.round(one?.delayMs ?? -1))).toEqual([60, 60, 60]);
  });
});

it("says how quiet an echo could have been found", () => {
  const loud = floorDb(noise(RATE, 0.1), PLAYED);
  const quiet = floorDb(noise(RATE, 0.001), PLAYED);
  expect(quiet - loud).toBeCloseTo(40, 0);
});

describe("the figures of an echo", () => {
  it("are whole and never rounded to the better side", () => {
    expect(figuresOf({ delayMs: 45.2, lossDb: 22.9 }, 51.7)).toEqual({
      echo_heard: true,
      echo_ms: 46,
      echo_raw_db: 22,
      echo_loss_db: 51,
    });
  });

  it("say that nothing was heard, and nothing else", () => {
    expect(figuresOf(null, 60)).toMatchObject({ echo_heard: false, echo_ms: null, echo_loss_db: null });
  });

  it("are never better without the canceller than with it", () => {
    expect(figuresOf({ delayMs: 10, lossDb: 30 }, 25).echo_loss_db).toBe(30); // its noise hides what is left
  });
});

it("puts what the microphone gave where it belongs in time", () => {
  const part = (frame: number) => ({ frame, samples: new Float32Array([frame, frame + 1]) });
  expect([...joined([part(10), part(14), part(8), part(16)], 10, 6)]).toEqual([10, 11, 0, 0, 14, 15]);
});

/** The site's test: from counters to figures, and from bytes to a rate. */

import { describe, expect, it } from "vitest";
import { bodyOf, disturbed, lightOf, whole } from "../../server/web/site/test/flow.ts";
import { kbps, nextSize } from "../../server/web/site/test/line.ts";
import { type Counted, countedOf, rehearsed } from "../../server/web/site/test/rehearsed.ts";

const look = (second: number, more: Partial<Counted> = {}): Counted => ({
  at: second * 1000,
  frames: second * 25,
  freezes: 0,
  received: second * 400,
  lost: 0,
  bytes: second * 487_500,
  jitterMs: 3.2,
  roundTripMs: 11.1,
  ...more,
});
const ten = (last: Partial<Counted> = {}) => [
  ...Array.from({ length: 10 }, (_, second) => look(second)),
  look(10, last),
];

describe("ten seconds of a rehearsal", () => {
  it("are whole when every picture came", () => {
    expect(rehearsed(ten(), true)).toEqual({
      loss: 0,
      jitter: 4,
      round_trip: 12,
      decoded: 10_000,
      freezes: 0,
      frames: 250,
      kbps: 3_900,
    });
  });

  it("round loss up and decoding down", () => {
    const found = rehearsed(ten({ lost: 1, frames: 249 }), true);
    expect(found?.loss).toBe(3); // 1 of 4001
    expect(found?.decoded).toBe(9_960);
  });

  it("count freezes from the first look on", () => {
    const looks = ten({ freezes: 3 }).map((one) => ({ ...one, freezes: Math.max(1, one.freezes) }));
    expect(rehearsed(looks, true)?.freezes).toBe(2);
  });

  it("say nothing of pictures when there was only sound", () => {
    const found = rehearsed(ten(), false);
    expect([found?.decoded, found?.freezes]).toEqual([null, null]);
    expect(found?.loss).toBe(0);
  });

  it("are no test when nothing came", () => {
    expect(rehearsed([], true)).toBeNull();
    expect(rehearsed([look(0)], true)).toBeNull();
    const silent = ten().map((one) => ({ ...one, received: 0, frames: 0 }));
    expect(rehearsed(silent, true)).toMatchObject({ loss: null, jitter: null, decoded: 0 });
  });
});

it("counters of both tracks are added, and strange entries are nothing", () => {
  const found = countedOf(
    [
      { type: "inbound-rtp", framesDecoded: 10, packetsReceived: 100, packetsLost: 2, jitter: 0.004 },
      { type: "inbound-rtp", packetsReceived: 50, packetsLost: -3, jitter: 0.009 },
      { type: "candidate-pair", state: "succeeded", currentRoundTripTime: 0.02 },
      { type: "candidate-pair", state: "failed", currentRoundTripTime: 9 },
      { type: "codec", framesDecoded: "many" },
    ],
    7,
  );
  expect(found).toMatchObject({ at: 7, frames: 10, received: 150, lost: 2, jitterMs: 9, roundTripMs: 20 });
});

describe("the rate of a line", () => {
  it("is rounded down, and zero when no time passed", () => {
    expect(kbps(1000, 3)).toBe(2666);
    expect(kbps(1000, 0)).toBe(0);
  });

  it("is tried with bodies that grow by at most eight and stay within their limit", () => {
    expect(nextSize(131_072, 10)).toBe(131_072 * 8);
    expect(nextSize(131_072, 3000)).toBe(131_072);
    expect(nextSize(20 * 1024 * 1024, 100)).toBe(24 * 1024 * 1024);
  });
});

describe("the course of a test", () => {
  const quiet = { down: 1, up: 2, top: rehearsed(ten(), true), low: null, audio: null };

  it("repeats a rehearsal that lacked pictures without a loss, and no other", () => {
    expect(disturbed(rehearsed(ten({ frames: 180 }), true))).toBe(true);
    expect(disturbed(rehearsed(ten({ frames: 180, lost: 9 }), true))).toBe(false);
    expect(disturbed(rehearsed(ten({ frames: 180 }), false))).toBe(false);
    expect(disturbed(null)).toBe(false);
  });

  it("sends what was measured and what was answered, and nothing for what was not", () => {
    const said = { answers: { screen: true, echo: false }, failover: "20", ups: "lâu", name: "A", phone: "" };
    const { figures } = bodyOf(quiet, said, -12.4, "x".repeat(300));
    expect(figures).toMatchObject({
      down: 1,
      screen: true,
      echo: false,
      failover_s: 20,
      ups_min: null,
      clock_off_ms: 12,
    });
    expect("camera" in figures).toBe(false);
  });

  it("takes only whole numbers", () => {
    expect([whole("45"), whole(" 7 "), whole("4.5"), whole("-1"), whole("")]).toEqual([45, 7, null, null, null]);
  });

  it("is green only without anything to do", () => {
    const test = { letter: "A", reasons: [] };
    const own = (more: object, allowed = "top") => ({ tests: [{ ...test, ...more }], allowed }) as never;
    expect(lightOf(undefined)).toBe("off");
    expect(lightOf(own({}))).toBe("green");
    expect(lightOf(own({ reasons: [{}] }))).toBe("amber");
    expect(lightOf(own({ letter: "C" }))).toBe("amber");
    expect(lightOf(own({ letter: "D" }))).toBe("red");
    expect(lightOf(own({}, "none"))).toBe("red");
  });
});

/** What a browser's counters say of the last seconds. */

import { expect, test } from "vitest";
import { between, countersOf } from "../../server/web/common/whep/stats.ts";

const report = (more: { frames: number; lost: number; freezes: number }) => [
  {
    type: "inbound-rtp",
    kind: "video",
    framesDecoded: more.frames,
    framesDropped: 1,
    freezeCount: more.freezes,
    totalFreezesDuration: more.freezes * 0.4,
    packetsReceived: more.frames * 8,
    packetsLost: more.lost,
    bytesReceived: more.frames * 8_000,
    jitter: 0.012,
    frameWidth: 1280,
    frameHeight: 720,
  },
  { type: "inbound-rtp", kind: "audio", packetsReceived: more.frames * 2, packetsLost: -3, bytesReceived: 0 },
  { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 },
  { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.042 },
];

test("figures are those of the time between, not since the beginning", () => {
  const before = countersOf(report({ frames: 1_000, lost: 50, freezes: 2 }), 10_000);
  const now = countersOf(report({ frames: 1_125, lost: 75, freezes: 3 }), 15_000);
  expect(between(before, now)).toEqual({
    fps: 25,
    kbps: 1_600,
    loss_percent: 2, // 25 of 1,275
    jitter_ms: 12,
    round_trip_ms: 42,
    freezes: 1,
    frozen_ms: 400,
    dropped: 0,
    width: 1280,
    height: 720,
  });
});

test("a browser that tells little gives zeros, never a wrong figure", () => {
  const nothing = countersOf([], 5);
  expect(between(nothing, nothing)).toMatchObject({ fps: 0, kbps: 0, loss_percent: 0, width: 0 });
  const odd = countersOf([{ type: "inbound-rtp", kind: "video", jitter: Number.NaN, framesDecoded: "7" }], 6);
  expect(odd.frames + odd.jitterMs).toBe(0);
});

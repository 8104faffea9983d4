/** The conference's own screens: what a change sends and does, what a source asks for, who is missing. */

import { afterEach, expect, test } from "vitest";
import { language } from "../../server/web/common/i18n/index.ts";
import { word } from "../../server/web/console/relay/confer/i18n/index.ts";
import {
  askedOf,
  draftOf,
  effects,
  lasting,
  namesOf,
  nextToSpeak,
  patchOf,
  sourceOf,
  wrong,
} from "../../server/web/console/relay/confer/model.ts";
import { nextText } from "../../server/web/console/relay/confer/TimeLine.tsx";
import type { Conference } from "../../server/web/console/relay/shapes.ts";
import type { FloorRequest } from "../../server/web/console/shapes.ts";

afterEach(() => {
  language.value = "vi";
});

const conference = {
  name: "Hội nghị toàn tỉnh",
  organiser: "province",
  phone: "0900 000 000",
  state: "live",
  top: "1080p",
  hold_ms: 700,
  stable_s: 10,
  low: true,
  recording: true,
  recording_forbidden: "",
  share_agenda: true,
  share_documents: false,
  sites: [
    { id: 4, name: "Xã Mẫu Một" },
    { id: 7, name: "Xã Mẫu Hai" },
    { id: 9, name: "Xã Mẫu Ba" },
    { id: 11, name: "Phường Mẫu Bốn" },
  ],
} as unknown as Conference;
const stored = draftOf(conference, { plan: "Nối từ 7 giờ", budget_mb: 20_000 }, "2026-11-24T08:00");
const moment = (local: string) => `${local}:00+07:00`;

test("what was not touched is not sent", () => {
  expect(patchOf(stored, stored, moment)).toEqual({});
  expect(patchOf(stored, { ...stored, start: "2026-11-24T07:30", budget: "1.5" }, moment)).toEqual({
    starts_at: "2026-11-24T07:30:00+07:00",
    budget_mb: 1500,
  });
});

test("forbidding to record sends its reason, and allowing it again clears the reason first", () => {
  const forbidden = { ...stored, recorded: "forbidden", forbidden: " nội dung nội bộ " } as const;
  expect(patchOf(stored, forbidden, moment)).toEqual({ recording_forbidden: "nội dung nội bộ" });
  expect(patchOf(forbidden, { ...forbidden, forbidden: "theo chỉ đạo" }, moment)).toEqual({
    recording_forbidden: "theo chỉ đạo",
  });
  expect(patchOf(forbidden, { ...forbidden, recorded: "on" }, moment)).toEqual({
    recording_forbidden: "",
    recording: true,
  });
  expect(wrong({ ...forbidden, forbidden: "  " })).toBe("forbidden");
});

test("figures out of bounds are named before they are sent", () => {
  expect(wrong(stored)).toBeUndefined();
  expect(wrong({ ...stored, name: " " })).toBe("name");
  expect(wrong({ ...stored, start: "" })).toBe("start");
  expect(wrong({ ...stored, hold: "100" })).toBe("hold");
  expect(wrong({ ...stored, stable: "0" })).toBe("stable");
  expect(wrong({ ...stored, budget: "" })).toBe("budget");
});

test("while it runs every change says what it does; before, nothing needs to be said", () => {
  const patch = patchOf(stored, { ...stored, low: false, recorded: "off", hold: "900", agenda: false }, moment);
  expect(effects(patch, "live")).toEqual(["switching", "lowOff", "recordOff", "shareOff"]);
  expect(effects(patch, "planned")).toEqual([]);
  const forbid = patchOf(stored, { ...stored, recorded: "forbidden", forbidden: "nội bộ" }, moment);
  expect(effects(forbid, "rehearsal")).toEqual(["forbid"]);
});

test("a source asks only for what its kind has", () => {
  expect(askedOf("rtsp", false)).toEqual({ address: "text", listen: true, transport: true, sound: false });
  expect(askedOf("rtmp", true)).toEqual({ address: "none", listen: true, transport: false, sound: false });
  expect(askedOf("device", false)).toMatchObject({ address: "device", sound: true, listen: false });
  expect(askedOf("file", true).address).toBe("file");
  expect(askedOf("whip", false).address).toBe("none");
});

test("what does not belong to the kind is not sent, and a stored address stays", () => {
  const form = { kind: "rtsp", address: " ", listen: false, transport: "udp", sound: "plughw:1,0" };
  expect(sourceOf(form, true)).toEqual({ kind: "rtsp", listen: false, transport: "udp" });
  expect(sourceOf({ ...form, kind: "rtmp", listen: true, address: "rtmp://x" }, false)).toEqual({
    kind: "rtmp",
    listen: true,
  });
  expect(sourceOf({ ...form, kind: "device", address: "/dev/video0", listen: true }, false)).toEqual({
    kind: "device",
    listen: false,
    address: "/dev/video0",
    sound: "plughw:1,0",
  });
});

test("a length is read like a clock", () => {
  expect([0, 59, 61, 3600, 11_045].map(lasting)).toEqual(["00:00", "00:59", "01:01", "1:00:00", "3:04:05"]);
});

test("who is missing is named in the order of the board, and the rest is counted", () => {
  expect(namesOf([11, 4, 9, 999], conference.sites, 2)).toEqual({ names: ["Xã Mẫu Một", "Xã Mẫu Ba"], more: 1 });
  const step = { key: "eve", at_ms: 0, state: "late", missing: [4, 7, 9, 11], do: "call_untested" } as const;
  expect(nextText({ ...step, missing: [...step.missing] }, conference)).toBe(
    "Gọi 4 điểm cầu chưa kiểm tra: Xã Mẫu Một; Xã Mẫu Hai; Xã Mẫu Ba và 1 nơi khác",
  );
  expect(nextText({ ...step, missing: [], do: "go_live" }, conference)).toBe("Bắt đầu tiếp phát chính thức");
});

test("the first in the queue is called next, site or participant", () => {
  const waiting = [
    { id: 3, site_id: 7 },
    { id: 1, site_id: null },
  ] as FloorRequest[];
  expect(nextToSpeak(waiting)?.id).toBe(3);
  expect(nextToSpeak([])).toBeUndefined();
});

test("every reason of a source that the server knows is said in words, in both languages", async () => {
  const { readFileSync } = await import("node:fs");
  const file = readFileSync(new URL("../../server/relay/daemon/ingest/why.py", import.meta.url), "utf8");
  const codes =
    /Why = Literal\[([^\]]*)\]/
      .exec(file)?.[1]
      ?.match(/"[a-z_]+"/g)
      ?.map((one) => one.slice(1, -1)) ?? [];
  expect(codes.length).toBeGreaterThan(15);
  for (const code of codes) expect(word("why.source", code), code).not.toBe(code);
  language.value = "en";
  expect(word("why.source", "no_answer")).toMatch(/does not answer/);
});

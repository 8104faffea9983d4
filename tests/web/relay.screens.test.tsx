// @vitest-environment happy-dom
/** The conference's own screens as they stand on the page: what they ask of the server and what they send. */

import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { LogSheet } from "../../server/web/console/relay/confer/Log.tsx";
import { OptionsSheet } from "../../server/web/console/relay/confer/OptionsSheet.tsx";
import { RecordingsSheet } from "../../server/web/console/relay/confer/Recording.tsx";
import { SourceSheet } from "../../server/web/console/relay/confer/SourceSheet.tsx";
import { Sources } from "../../server/web/console/relay/confer/Sources.tsx";
import { TimeLine } from "../../server/web/console/relay/confer/TimeLine.tsx";
import type { Conference, RelayBoard } from "../../server/web/console/relay/shapes.ts";
import { Stage } from "./stage.ts";

const conference = {
  id: 1,
  name: "Hội nghị toàn tỉnh",
  organiser: "province",
  phone: "0900 000 000",
  starts_ms: Date.UTC(2026, 10, 24, 1, 0),
  state: "live",
  top: "1080p",
  hold_ms: 700,
  stable_s: 10,
  low: true,
  recording: true,
  recording_forbidden: "",
  share_agenda: false,
  share_documents: false,
  sources: [
    {
      key: "primary",
      kind: "rtmp",
      address: "rtmp://0.0.0.0:1935/live/***",
      listen: true,
      transport: "tcp",
      sound: "",
    },
  ],
  sites: [{ id: 4, name: "Xã Mẫu Một" }],
  incidents_open: 1,
  incidents: [],
} as unknown as Conference;
const probe = {
  video: "hevc",
  profile: "Main",
  width: 1920,
  height: 1080,
  fps: 25,
  b_frames: true,
  gop_s: 2,
  audio: "aac",
  audio_rate: 48_000,
  channels: 2,
};
const board = {
  sources: [
    {
      key: "primary",
      state: "running",
      probe,
      transcoding: ["video", "audio"],
      cost_percent: 36.4,
      why: "",
      kbps: 2500,
      reconnects: 0,
    },
  ],
  recording: null,
} as unknown as RelayBoard;

const stage = new Stage("/api/meetings/7/relay");
const { asked, answers, settle, show, button, type, press } = stage;
const close = () => undefined;

test("the options send only what was changed, and say what it does while the conference runs", async () => {
  answers[""] = { plan: "", budget_mb: 20_000, live_ms: 1 };
  await show(<OptionsSheet meetingId={7} conference={conference} reason={undefined} onClose={close} />);
  expect(button("Lưu")?.getAttribute("aria-disabled")).toBe("true");
  type("Dung lượng cho bản ghi", "5");
  type("Ghi hình", "off");
  expect(stage.place.querySelector(".rc-effects")?.textContent).toContain("Bản ghi dừng và được đóng lại");
  act(() => button("Lưu")?.click());
  await settle();
  expect(asked.at(-1)).toEqual({
    method: "PATCH",
    path: "",
    body: { recording_forbidden: "", recording: false, budget_mb: 5000 },
  });
});

test("the log is asked for by state and words, and an incident is settled with words", async () => {
  answers["/incidents"] = {
    total: 1,
    open: 1,
    incidents: [
      {
        id: 9,
        site_id: 4,
        code: "note",
        subject: "",
        text: "Mất điện",
        text_en: "",
        by: "An",
        at_ms: 1,
        last_ms: 2,
        times: 3,
        resolved_ms: null,
        resolved_by: "",
        resolution: "",
      },
    ],
  };
  await show(<LogSheet meetingId={7} conference={conference} reason={undefined} onClose={close} />);
  expect(stage.place.textContent).toContain("Mất điện");
  expect(stage.place.textContent).toContain("3 lần");
  type("Tìm trong nhật ký", "mat dien");
  type("Tình trạng", "open");
  await settle();
  expect(asked.at(-1)?.path).toBe("/incidents?state=open&search=mat+dien&skip=0");
  act(() => button("Đã xử lý")?.click());
  type("Đã xử lý thế nào", "chạy máy phát");
  act(() => [...stage.place.querySelectorAll<HTMLButtonElement>("button[type=submit]")].at(-1)?.click());
  await settle();
  expect(asked.find((one) => one.path === "/incidents/9/resolve")?.body).toEqual({ text: "chạy máy phát" });
});

test("a source's card says what it sends and costs, and is tried without the form", async () => {
  answers["/sources/primary/probe"] = {
    probe: null,
    transcoding: [],
    cost_percent: 0,
    why: "not_called",
    in_use: false,
  };
  answers["/sources/primary/entry"] = {
    kind: "rtmp",
    url: "rtmp://10.0.0.1:1935/live",
    key: "K7Q2",
    token: "",
    expires_ms: null,
  };
  await show(<Sources meetingId={7} conference={conference} board={board} reason={undefined} onSource={close} />);
  for (const said of ["H.265 Main", "1920×1080", "có khung B", "AAC", "48 kHz", "mã hóa lại hình", "36%"]) {
    expect(stage.place.textContent).toContain(said);
  }
  act(() => button("Thử")?.click());
  await settle();
  expect(stage.place.textContent).toContain("Chưa có máy mã hóa nào gọi đến");
  act(() => button("Địa chỉ, khóa")?.click());
  await settle();
  expect([...stage.place.querySelectorAll("code")].map((one) => one.textContent)).toEqual([
    "rtmp://10.0.0.1:1935/live",
    "K7Q2",
  ]);
});

test("the answer of a try goes by Escape, by its button, and when something else is asked", async () => {
  answers["/sources/backup/probe"] = { probe: null, transcoding: [], cost_percent: 0, why: "no_answer", in_use: false };
  const left = vi.fn();
  await show(<SourceSheet meetingId={7} name="backup" source={undefined} onClose={left} />);
  const tried = async () => {
    act(() => button("Thử nguồn")?.click());
    await settle();
    expect(stage.place.textContent).toContain("Bên gửi không trả lời");
  };
  type("Địa chỉ", "rtsp://10.0.0.9/a");
  await tried();
  press("Escape", stage.field("Địa chỉ"));
  expect(stage.place.textContent).not.toContain("Bên gửi không trả lời");
  expect(left).not.toHaveBeenCalled();
  await tried();
  act(() => button("Cất kết quả thử")?.click());
  expect(stage.place.textContent).not.toContain("Bên gửi không trả lời");
  await tried();
  type("Địa chỉ", "rtsp://10.0.0.9/b");
  await settle();
  expect(stage.place.textContent).not.toContain("Bên gửi không trả lời");
  press("Escape");
  expect(left).toHaveBeenCalledOnce();
});

test("an answer that comes after its question was put away does not come back", async () => {
  answers["/sources/primary/probe"] = {
    probe: null,
    transcoding: [],
    cost_percent: 0,
    why: "no_answer",
    in_use: false,
  };
  await show(<Sources meetingId={7} conference={conference} board={board} reason={undefined} onSource={close} />);
  act(() => button("Thử")?.click());
  expect(stage.place.textContent).toContain("Đang thử");
  press("Escape");
  await settle();
  expect(stage.place.textContent).not.toContain("Bên gửi không trả lời");
});

test("the form of a source offers the files of the relay's folder", async () => {
  answers["/source-choices"] = { files: [{ name: "dien tap.mp4", megabytes: 3 }], devices: [], sounds: [] };
  await show(<SourceSheet meetingId={7} name="backup" source={undefined} onClose={close} />);
  type("Loại nguồn", "file");
  await settle();
  type("Tệp", "dien tap.mp4");
  act(() => button("Lưu")?.click());
  await settle();
  expect(asked.at(-1)?.body).toEqual({ kind: "file", listen: false, address: "dien tap.mp4" });
});

test("recordings where it is forbidden can be deleted and not downloaded", async () => {
  answers["/recordings"] = {
    budget_mb: 20_000,
    free_megabytes: 900,
    megabytes: 12,
    why_not: "relay_recording_forbidden",
    recordings: [
      {
        file: "20261130T080000-1.mp4",
        started_ms: 1,
        seconds: 3725,
        megabytes: 12,
        running: false,
        marks: [{ second: 62.5, mark: "2. Báo cáo" }],
      },
    ],
  };
  await show(<RecordingsSheet meetingId={7} board={board} onClose={close} />);
  expect(stage.place.textContent).toContain("1:02:05");
  expect(stage.place.textContent).toContain("01:02 2. Báo cáo");
  expect(button("Tải về")?.getAttribute("aria-disabled")).toBe("true");
  expect(button("Xóa bản ghi")?.getAttribute("aria-disabled")).toBe("false");
});

test("the time line marks each step by sign and word, and offers the one thing to do", async () => {
  const step = { key: "eve", at_ms: 1, state: "late", missing: [4], do: "call_untested" } as const;
  const line = { next: "eve" as const, steps: [{ ...step, missing: [...step.missing] }] };
  const run = vi.fn();
  await show(<TimeLine line={line} conference={conference} due={{ step: line.steps[0], run, reason: undefined }} />);
  expect(stage.place.querySelector(".rc-late")?.textContent).toContain("quá hạn · thiếu\u00a01");
  expect(stage.place.textContent).toContain("Gọi 1 điểm cầu chưa kiểm tra: Xã Mẫu Một");
  act(() => button("Xem số điện thoại")?.click());
  expect(run).toHaveBeenCalledOnce();
});

test("what the relay reported last of a source is not shown once the conference has ended", async () => {
  const ended = { ...conference, state: "ended" } as Conference;
  await show(<Sources meetingId={7} conference={ended} board={board} reason={undefined} onSource={close} />);
  expect(stage.place.textContent).toContain("chưa chạy");
  expect(stage.place.textContent).not.toContain("có hình");
});

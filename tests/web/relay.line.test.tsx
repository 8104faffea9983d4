// @vitest-environment happy-dom
/** The line of an edge at the console: only an edge has a choice, what is sent, who may, and the words of a refusal. */

import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import type { SiteDetail } from "../../server/web/console/relay/shapes.ts";
import { DeviceTab } from "../../server/web/console/relay/sites/DeviceTab.tsx";
import { Stage } from "./stage.ts";

const stage = new Stage("/api/meetings/7/relay/sites/4");
const { asked, answers, settle, show, button } = stage;

const edge = { id: 4, name: "Xã Mẫu Một", device_id: 3, device_kind: "edge", device_enrolled: true, line: "feed" };
const TITLE = "Đường nhận hình của trạm biên";

async function tab(part: Partial<SiteDetail>, reason?: string): Promise<void> {
  const site = { ...edge, ...part } as SiteDetail;
  const nothing = () => undefined;
  await show(<DeviceTab {...{ meetingId: 7, site, reason, given: undefined }} onGiven={nothing} onSaved={nothing} />);
}

const choose = (label: string) => act(() => stage.field(label).click());

test("only a site that is served by an edge has a line to choose", async () => {
  await tab({ device_kind: "site" });
  expect(stage.place.textContent).not.toContain(TITLE);
  await tab({ device_id: null, device_kind: "" });
  expect(stage.place.textContent).not.toContain(TITLE);
  await tab({});
  expect(stage.place.textContent).toContain(TITLE);
});

test("it says what is set, what each is for and who may change it, and sends what was chosen", async () => {
  await tab({});
  for (const said of ["Đang đặt: Đường thường", "hay mất gói", "Thư ký và kỹ thuật viên"]) {
    expect(stage.place.textContent).toContain(said);
  }
  expect(button("Đổi đường nhận")?.getAttribute("aria-disabled")).toBe("true");
  expect(button("Đổi mật khẩu SRT")).toBeUndefined();
  choose("Đường chống mất gói");
  act(() => button("Đổi đường nhận")?.click());
  await settle();
  expect(asked.at(-1)).toEqual({ method: "PUT", path: "/line", body: { line: "srt" } });
  await tab({ line: "srt" });
  expect(button("Đổi mật khẩu SRT")).toBeDefined();
});

test("a refusal stands beside the choice in its own words, and who may not change it reads why", async () => {
  const refuse = { status: 409, code: "relay_line_off", detail: "Máy chủ chưa mở đường SRT.", next: "Gọi kỹ thuật." };
  answers["/line"] = { refuse };
  await tab({});
  choose("Đường chống mất gói");
  act(() => button("Đổi đường nhận")?.click());
  await settle();
  expect(stage.place.querySelector("[role=alert]")?.textContent).toContain("Máy chủ chưa mở đường SRT. Gọi kỹ thuật.");
  await tab({}, "Chỉ thư ký và kỹ thuật viên đổi được.");
  choose("Đường chống mất gói");
  expect(button("Đổi đường nhận")?.getAttribute("aria-disabled")).toBe("true");
  expect(stage.place.textContent).toContain("Chỉ thư ký và kỹ thuật viên đổi được.");
});

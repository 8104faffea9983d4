// @vitest-environment happy-dom
/** Ticks that come faster than the page is drawn are all kept: a hurried hand, or a busy machine. */

import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { InviteSheet } from "../../server/web/console/relay/sites/InviteSheet.tsx";
import { BatchSheet } from "../../server/web/console/run/BatchSheet.tsx";
import type { Cockpit } from "../../server/web/console/run/model.ts";
import { Stage } from "./stage.ts";

const stage = new Stage();
const draft = (id: number) => ({ id, title: `Biểu quyết ${id}`, state: "draft", obstacles: [], agenda_item_id: null });
const cockpit = { id: 1, polls: [1, 2, 3, 4].map(draft), items: [], batch: null } as unknown as Cockpit;
const unit = (id: number) => ({ id, parent_id: null, name: `Đảng ủy xã Mẫu ${id}`, code: null, position: id });

const tick = (...places: number[]) =>
  act(() => {
    const boxes = stage.place.querySelectorAll<HTMLInputElement>("input[type=checkbox]");
    for (const at of places) boxes[at]?.click();
  });

it("two votes left out of a batch at once are both left out", async () => {
  await stage.show(<BatchSheet cockpit={cockpit} onClose={() => undefined} />);
  tick(0, 3);
  expect(stage.button("Bắt đầu với 2 biểu quyết")).toBeDefined();
});

it("two units invited at once are both invited", async () => {
  stage.answers["/api/units"] = { units: [1, 2, 3].map(unit) };
  await stage.show(<InviteSheet meetingId={1} invited={new Set()} onClose={() => undefined} />);
  tick(0, 2);
  expect(stage.place.querySelector(".st-chosen")?.textContent).toContain("2");
});

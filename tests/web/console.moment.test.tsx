// @vitest-environment happy-dom
/** A day and a time are written the Vietnamese way, whatever the browser speaks. */

import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { MomentField } from "../../server/web/console/parts/MomentField.tsx";
import { clockIn, dayIn, laterClock, laterDay, toIso, toLocal } from "../../server/web/console/parts/moments.ts";
import { Stage } from "./stage.ts";

const stage = new Stage();
const { show, type, press, field } = stage;

test("a day has its day first, in whatever way it is separated, and must exist", () => {
  const written = ["23/11/2026", "23-11-26", "23.11.2026", " 23 11 2026 ", "23112026", "3/2/2026", "29/02/2028"];
  expect(written.map(dayIn)).toEqual([...Array(5).fill("2026-11-23"), "2026-02-03", "2028-02-29"]);
  expect(["31/02/2026", "29/02/2026", "11/23/2026", "23/11", "", "hai ba", "00/01/2026"].map(dayIn)).toEqual(
    Array(7).fill(undefined),
  );
});

test("a time is read as people write it", () => {
  const written = ["8:30", "08h30", "8 giờ 30", "8g30", "0830", "8.30", "8 giờ 30 phút"];
  expect(written.map(clockIn)).toEqual(Array(7).fill("08:30"));
  expect(["8", "8h", "8 giờ", "0", "23:59"].map(clockIn)).toEqual(["08:00", "08:00", "08:00", "00:00", "23:59"]);
  expect(["24:00", "8:60", "8:30 tối", "", "giờ", "12345"].map(clockIn)).toEqual(Array(6).fill(undefined));
});

test("local times are those of the room, there and back", () => {
  const moment = Date.UTC(2026, 10, 22, 18, 5);
  expect(toLocal(moment)).toBe("2026-11-23T01:05");
  expect(Date.parse(toIso(toLocal(moment)))).toBe(moment);
});

test("the arrow keys go over the ends of months and of days", () => {
  expect([laterDay("31/12/2026", 1), laterDay("01/03/2028", -1), laterDay("hai ba", 1)]).toEqual([
    "01/01/2027",
    "29/02/2028",
    "hai ba",
  ]);
  expect([laterClock("23:58", 5), laterClock("00:00", -5), laterClock("", 5)]).toEqual(["00:03", "23:55", ""]);
});

let value = "";

function Form({ first, usual }: { readonly first: string; readonly usual?: string }) {
  const [local, setLocal] = useState(first);
  value = local;
  return <MomentField label="Bắt đầu" value={local} onValue={setLocal} {...(usual ? { usual } : {})} />;
}

const leave = (label: string) => act(() => void field(label).dispatchEvent(new FocusEvent("blur")));

test("the field shows day/month/year, says the weekday, and tells what is wrong once it is left", async () => {
  await show(<Form first="2026-11-23T08:00" />);
  expect([field("Ngày").value, field("Giờ").value]).toEqual(["23/11/2026", "08:00"]);
  expect(stage.place.textContent).toContain("Thứ Hai, 23/11/2026, 08 giờ");
  type("Ngày", "31/11/2026");
  expect(value).toBe("");
  expect(stage.place.querySelector("[role=alert]")).toBeNull();
  leave("Ngày");
  expect(stage.place.querySelector("[role=alert]")?.textContent).toContain("Không có ngày này");
  type("Ngày", "24.11.26");
  type("Giờ", "8h30");
  expect(value).toBe("2026-11-24T08:30");
  leave("Giờ");
  expect([field("Ngày").value, field("Giờ").value]).toEqual(["24/11/2026", "08:30"]);
  press("ArrowUp", field("Ngày"));
  press("ArrowDown", field("Giờ"));
  expect(value).toBe("2026-11-25T08:25");
});

test("where a whole day may be meant, an empty time stands for its beginning", async () => {
  await show(<Form first="" usual="00:00" />);
  type("Ngày", "23/11/2026");
  expect(value).toBe("2026-11-23T00:00");
  await show(<Form key="needed" first="" />);
  type("Ngày", "23/11/2026");
  leave("Ngày");
  expect(value).toBe("");
  expect(stage.place.querySelector("[role=alert]")?.textContent).toContain("cả ngày và giờ");
});

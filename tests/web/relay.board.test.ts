/** The board of sites: what needs somebody comes first, and nothing is lost. */

import { expect, test } from "vitest";
import { counts, nextStep, rowsOf, troubled } from "../../server/web/console/relay/model.ts";
import type { BoardSites, Conference } from "../../server/web/console/relay/shapes.ts";
import { sitesOf } from "../../server/web/console/relay/sites/InviteSheet.tsx";

const names = [
  { id: 4, name: "Xã Mẫu Một" },
  { id: 7, name: "Xã Mẫu Hai" },
  { id: 9, name: "Xã Mẫu Ba" },
  { id: 11, name: "Xã Mẫu Bốn" },
];
const board: BoardSites = {
  id: [9, 4, 7],
  light: ["amber", "green", "red"],
  why: ["loss", "", "absent"],
  rung: ["low", "top", "none"],
  loss: [21, 0, 0],
  rtt: [42, 8, 0],
  freezes: [3, 0, 0],
  people: [24, 30, 0],
  verdict: ["B", "A", ""],
};

test("rows keep the order of invitation, whatever order the figures come in", () => {
  const rows = rowsOf(names, board);
  expect(rows.map((row) => [row.name, row.light])).toEqual([
    ["Xã Mẫu Một", "green"],
    ["Xã Mẫu Hai", "red"],
    ["Xã Mẫu Ba", "amber"],
    ["Xã Mẫu Bốn", "off"],
  ]);
  expect(rows[2]).toMatchObject({ loss: 2.1, rtt: 42, freezes: 3, people: 24, why: "loss", verdict: "B" });
  expect(counts(rows)).toEqual({ red: 1, amber: 1, green: 1, off: 1 });
});

test("red comes before amber, and the technician before the person in charge", () => {
  const detail = {
    id: 7,
    name: "Điểm cầu Đảng ủy xã Mẫu Hai thuộc Đảng bộ tỉnh",
    contact: "Đồng chí Mẫu",
    contact_phone: "0200 000 001",
    technician: "",
    technician_phone: "0200 000 002",
    may_speak: false,
  };
  const rows = troubled(rowsOf(names, board, [detail]));
  expect(rows.map((row) => row.id)).toEqual([7, 9]);
  expect(rows[0]?.phones.map((one) => [one.who, one.phone])).toEqual([
    ["technician", "0200 000 002"],
    ["contact", "0200 000 001"],
  ]);
  expect(rows[0]?.maySpeak).toBe(false);
  expect(rows.map((row) => row.full)).toEqual(["Điểm cầu Đảng ủy xã Mẫu Hai thuộc Đảng bộ tỉnh", "Xã Mẫu Ba"]);
});

test("before anything has come every site is there, unlit", () => {
  expect(rowsOf(names, undefined).map((row) => row.light)).toEqual(["off", "off", "off", "off"]);
});

test("the one next step leads to what is missing, then through the states", () => {
  const conference = (more: object) =>
    ({ state: "planned", sources: [{}], sites: names, ...more }) as unknown as Conference;
  expect(nextStep(conference({ sources: [] }))).toBe("source");
  expect(nextStep(conference({ sites: [] }))).toBe("sites");
  expect(nextStep(conference({}))).toBe("rehearsal");
  expect(nextStep(conference({ state: "rehearsal" }))).toBe("live");
  expect(nextStep(conference({ state: "live" }))).toBe("ended");
  expect(nextStep(conference({ state: "ended" }))).toBe("again");
});

test("sites are pasted one a line; only the name is needed", () => {
  expect(sitesOf("Xã Mẫu Một; Đồng chí Mẫu; 0200 000 001\n\n  Xã Mẫu Hai \n;")).toEqual([
    {
      name: "Xã Mẫu Một",
      contact: "Đồng chí Mẫu",
      contact_phone: "0200 000 001",
      technician: "",
      technician_phone: "",
    },
    { name: "Xã Mẫu Hai", contact: "", contact_phone: "", technician: "", technician_phone: "" },
  ]);
});

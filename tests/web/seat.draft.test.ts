/** Marks on ballots of every kind: how they are made, sent and read back. */

import { beforeEach, expect, test } from "vitest";
import {
  bodyOf,
  choicesOf,
  type Draft,
  draftOf,
  EMPTY,
  firstMissing,
  isComplete,
  recorded,
  saidIn,
  toggled,
} from "../../kiosk/web/ballot/draft.ts";
import { mayReserve } from "../../kiosk/web/ballot/stage.ts";
import { fitting } from "../../kiosk/web/parts/Pages.tsx";

const motion = { kind: "motion", options: [], choose_most: null };
const opinion = { kind: "opinion", options: [], choose_most: null };
const list = { kind: "choice", options: ["A", "B", "C", "D"], choose_most: 2 };
const names = { kind: "confidence", options: ["A", "B", "C"], choose_most: null };
const marks = (more: Partial<Draft>): Draft => ({ ...EMPTY, ...more });

let draft: Draft;
beforeEach(() => {
  draft = EMPTY;
});

test("no more options can be marked than may be chosen", () => {
  for (const option of [3, 1, 4]) draft = toggled(draft, option, 2);
  expect(draft.options).toEqual([3, 1]);
  draft = toggled(draft, 3, 2);
  expect(toggled(draft, 4, 2).options).toEqual([1, 4]);
});

test("where one may be chosen, another takes its place; touching it again takes it away", () => {
  draft = toggled(toggled(draft, 1, 1), 2, 1);
  expect(draft.options).toEqual([2]);
  expect(toggled(draft, 2, 1).options).toEqual([]);
});

test("a list is sent in its order, whatever the order of the touches; it may be sent without a mark", () => {
  expect(bodyOf(list, marks({ options: [4, 2] }))).toEqual({ options: [2, 4] });
  expect(isComplete(list, EMPTY)).toBe(true);
  expect(isComplete(list, marks({ options: [1, 2, 3] }))).toBe(false);
});

test("every name needs its level, and the first without one is found", () => {
  draft = marks({ levels: { 0: "high", 2: "low" } });
  expect(firstMissing(draft, 3)).toBe(1);
  expect(isComplete(names, draft)).toBe(false);
  draft = marks({ levels: { ...draft.levels, 1: "plain" } });
  expect(isComplete(names, draft)).toBe(true);
  expect(bodyOf(names, draft)).toEqual({ levels: ["high", "plain", "low"] });
});

test("another opinion has to be written; with any other choice nothing written is sent", () => {
  expect(isComplete(opinion, marks({ choice: "other", opinion: "  " }))).toBe(false);
  expect(bodyOf(opinion, marks({ choice: "other", opinion: " Lùi lại " }))).toMatchObject({ opinion: "Lùi lại" });
  expect(bodyOf(opinion, marks({ choice: "for", opinion: "Lùi lại" }))).toEqual({ choice: "for", opinion: "" });
});

test("an opinion knows another one in the place of not voting", () => {
  expect(choicesOf(motion)).toEqual(["for", "against", "not_voting"]);
  expect(choicesOf(opinion)).toEqual(["for", "against", "other"]);
});

test("a recorded ballot reads as it was sent", () => {
  expect(recorded(list, "2,4", "")).toEqual(saidIn({ options: [2, 4] }));
  expect(recorded(list, "none", "")).toEqual(saidIn({ options: [] }));
  expect(recorded(names, "high,plain,low", "")).toEqual(saidIn({ levels: ["high", "plain", "low"] }));
  expect(recorded(opinion, "other", "Lùi lại")).toEqual(saidIn({ choice: "other", opinion: "Lùi lại" }));
});

test("who changes a list or names finds his marks again", () => {
  const back = draftOf(recorded(names, "high,plain,low", ""));
  expect(bodyOf(names, back)).toEqual({ levels: ["high", "plain", "low"] });
  expect(draftOf(recorded(list, "2,4", "")).options).toEqual([2, 4]);
  expect(back.ready).toBe(false);
});

test("an opinion is reserved only where the rule knows it, by who did not agree", () => {
  const poll = { may_reserve: true, state: "published" };
  const ballot = { poll_id: 7, choice: "against", opinion: "", cast_ms: 1, reserved: false };
  expect(mayReserve(poll, ballot)).toBe(true);
  expect(mayReserve(poll, { ...ballot, choice: "for" })).toBe(false);
  expect(mayReserve(poll, undefined)).toBe(false);
  expect(mayReserve({ ...poll, may_reserve: false }, ballot)).toBe(false);
  expect(mayReserve({ ...poll, state: "annulled" }, ballot)).toBe(false);
});

test("a page holds whole rows only, and at least one", () => {
  expect(fitting(240, 72)).toBe(3);
  expect(fitting(20, 72)).toBe(1);
});

/** What the ballot screen decides, from what the server said and what the delegate did. */

import type { MeView, PollView, Receipt } from "@common/types.gen.ts";
import { expect, test } from "vitest";
import { type Draft, EMPTY } from "../../kiosk/web/ballot/draft.ts";
import { type Facts, mayLeave, stageOf } from "../../kiosk/web/ballot/stage.ts";

const NOW = 1_800_000_000_000;

const poll: PollView = {
  id: 7,
  agenda_item_id: null,
  title: "Nghị quyết",
  motion: "Thông qua Nghị quyết",
  state: "open",
  kind: "motion",
  options: [],
  option_count: 0,
  choose_most: null,
  named: false,
  changeable: true,
  rule: {
    code: "open-vote",
    base: "convened",
    base_from: 60,
    base_count: 60,
    exclusions: [],
    numerator: 1,
    denominator: 2,
    strict: true,
    needed: 31,
    quorum_needed: 40,
    quorum_present: 46,
    words: null,
  },
  opened_ms: NOW,
  deadline_ms: NOW + 60_000,
  closed_ms: null,
  cast: 0,
  entitled_present: 46,
  tally: null,
  annulled_ms: null,
  annulled_reason: null,
  replaces_id: null,
  batch: null,
  may_reserve: false,
  obstacles: [],
};

const me: MeView = {
  participant_id: 3,
  name: "Nguyễn Văn An",
  title: "",
  unit: "",
  role: "delegate",
  seat: "B12",
  entitled: true,
  present: true,
  present_since_ms: NOW,
  standing: { may_vote: true, code: null, reason: null, reason_en: null },
  ballot: null,
  request: null,
};

const facts = (more: Partial<Facts> = {}): Facts => ({
  poll,
  seen: poll,
  me,
  sending: undefined,
  draft: EMPTY,
  changing: false,
  now: NOW,
  ...more,
});

const receipt: Receipt = { poll_id: 7, choice: "for", cast_ms: NOW + 5, changed: false };
const own = { poll_id: 7, choice: "for", opinion: "", cast_ms: NOW, reserved: false };
const refusal = { step: "waiting", since: NOW, problem: { code: "offline" } } as NonNullable<Facts["sending"]>;

test("an open poll asks who may vote, and nobody else", () => {
  expect(stageOf(facts()).kind).toBe("choose");
  const standing = { may_vote: false, code: "not_present", reason: "Chưa có mặt.", reason_en: "Not present." };
  expect(stageOf(facts({ me: { ...me, standing } })).kind).toBe("cannot");
  expect(stageOf(facts({ me: undefined })).kind).toBe("checking");
});

test("a choice is not cast before it is confirmed", () => {
  expect(stageOf(facts({ draft: { ...EMPTY, choice: "against" } })).kind).toBe("choose");
  const draft: Draft = { ...EMPTY, choice: "against", ready: true };
  expect(stageOf(facts({ draft }))).toMatchObject({ kind: "confirm", draft: { choice: "against" } });
});

test("a ballot that was not acknowledged is never shown as recorded", () => {
  expect(stageOf(facts({ sending: refusal })).kind).toBe("sending");
  expect(stageOf(facts({ sending: { step: "sending", since: NOW } })).kind).toBe("sending");
  expect(stageOf(facts({ sending: { step: "done", answer: receipt } })).kind).toBe("receipt");
});

test("the newer of the server's topic and its answer is the receipt", () => {
  const told = { ...me, ballot: { ...own, choice: "against", cast_ms: NOW + 9 } };
  const stage = stageOf(facts({ me: told, sending: { step: "done", answer: receipt } }));
  expect(stage).toMatchObject({ kind: "receipt", ballot: { choice: "against" } });
});

test("a receipt can be reopened only where the poll lets ballots change", () => {
  const voted = { ...me, ballot: own };
  expect(stageOf(facts({ me: voted, changing: true })).kind).toBe("choose");
  const final = { ...poll, changeable: false };
  expect(stageOf(facts({ me: voted, changing: true, poll: final, seen: final })).kind).toBe("receipt");
});

test("a poll that was open here and is gone has ended; published, it shows its result", () => {
  expect(stageOf(facts({ poll: null })).kind).toBe("ended");
  expect(stageOf(facts({ poll: { ...poll, state: "closed", closed_ms: NOW } })).kind).toBe("ended");
  expect(stageOf(facts({ poll: { ...poll, state: "published", closed_ms: NOW } })).kind).toBe("result");
});

test("an old result does not greet a delegate who sits down later", () => {
  const old: PollView = { ...poll, state: "published", closed_ms: NOW - 3_600_000 };
  expect(stageOf(facts({ poll: old, seen: undefined })).kind).toBe("none");
  const closed: PollView = { ...poll, state: "closed", closed_ms: NOW };
  expect(stageOf(facts({ poll: closed, seen: undefined })).kind).toBe("none");
});

test("nobody leaves a ballot that waits for him, nor one that is on its way", () => {
  expect(mayLeave(stageOf(facts()))).toBe(false);
  expect(mayLeave(stageOf(facts({ sending: refusal })))).toBe(false);
  expect(mayLeave(stageOf(facts({ sending: { step: "done", answer: receipt } })))).toBe(true);
});

test("an annulled vote is said at the seat that saw it, and may be left", () => {
  const annulled: PollView = { ...poll, state: "annulled", annulled_ms: NOW, annulled_reason: "Nhầm danh sách" };
  const stage = stageOf(facts({ poll: annulled }));
  expect(stage.kind).toBe("annulled");
  expect(mayLeave(stage)).toBe(true);
  expect(stageOf(facts({ poll: annulled, seen: undefined })).kind).toBe("none");
});

test("the answer to a ballot does not take back what was reserved", () => {
  const told = { ...me, ballot: { ...own, choice: "against", reserved: true } };
  const answer: Receipt = { ...receipt, choice: "not_voting", cast_ms: NOW + 5 };
  const stage = stageOf(facts({ me: told, sending: { step: "done", answer } }));
  expect(stage).toMatchObject({ kind: "receipt", ballot: { choice: "not_voting", reserved: true } });
});

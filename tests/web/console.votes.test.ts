/** What the console says of votes: bases, thresholds, verdicts; forms of votes and of a unit's own rules; batches. */

import { expect, test } from "vitest";
import { basedOn, codeOf, isFit, ruleBody, whyNotSave as whyNotRuleSave } from "../../server/web/console/admin/rule.ts";
import type { PollDetails, RuleSetView, TurnoutRow } from "../../server/web/console/calls/votes.ts";
import { draftOf, EMPTY, follow, pollBody, whyNotSave } from "../../server/web/console/prepare/motion/draft.ts";
import { batchMinutes, inRange } from "../../server/web/console/run/batch.ts";
import type { Cockpit } from "../../server/web/console/run/model.ts";
import { counted, waitedForFirst } from "../../server/web/console/run/poll/turnout.ts";
import {
  baseText,
  neededText,
  ruleText,
  shortText,
  verdictText,
  whyNotStep,
} from "../../server/web/console/run/polls.ts";
import type { Poll, Rule, Tally } from "../../server/web/console/shapes.ts";

const rule = (more: Partial<Rule> = {}): Rule => ({
  code: "open-vote",
  base: "convened",
  base_from: 60,
  base_count: 58,
  exclusions: [{ code: "absent-throughout", text: "Vắng suốt hội nghị", text_en: "Absent", count: 2 }],
  numerator: 1,
  denominator: 2,
  strict: true,
  needed: 30,
  quorum_needed: 40,
  quorum_present: 53,
  words: null,
  ...more,
});

const tally = (more: Partial<Tally> = {}): Tally => ({
  votes_for: 46,
  votes_against: 8,
  not_voting: 2,
  other: 0,
  cast: 56,
  not_cast: 2,
  base_count: 58,
  needed: 30,
  passed: true,
  lines: [],
  record: "ab",
  ...more,
});

const poll = (more: Partial<Poll> = {}): Poll => ({
  id: 1,
  agenda_item_id: null,
  title: "Thông qua nghị quyết",
  motion: "",
  state: "draft",
  kind: "motion",
  options: [],
  option_count: 0,
  choose_most: null,
  named: false,
  changeable: false,
  rule: rule(),
  opened_ms: null,
  deadline_ms: null,
  closed_ms: null,
  cast: 0,
  entitled_present: 53,
  tally: null,
  annulled_ms: null,
  annulled_reason: null,
  replaces_id: null,
  batch: null,
  may_reserve: false,
  obstacles: [],
  ...more,
});

const line = (label: string, votes: number, more: object = {}) => ({
  label,
  votes,
  high: null,
  plain: null,
  low: null,
  chosen: false,
  tied: false,
  notices: [],
  ...more,
});

test("the base is said with what was taken off it", () => {
  expect(baseText(rule())).toBe("60 − 2 = 58 (tổng số triệu tập)");
  expect(baseText(rule({ base: "members", base_from: 15, base_count: 15, exclusions: [] }))).toBe(
    "15 (tổng số ủy viên)",
  );
  expect(baseText(rule({ base: "cast", base_count: null, base_from: null }))).toBe(
    "số phiếu đã bỏ, biết khi đóng biểu quyết",
  );
});

test("what is needed is said in the words of the ballot", () => {
  expect(ruleText(rule())).toBe("Cần quá nửa tổng số triệu tập: 30/58");
  expect(neededText(poll())).toBe("Cần 30 tán thành");
  expect(neededText(poll({ kind: "opinion" }))).toBe("Cần 30 đồng ý");
  expect(neededText(poll({ kind: "choice" }))).toBe("Mỗi lựa chọn cần 30 phiếu");
  expect(neededText(poll({ kind: "confidence" }))).not.toContain("30");
  expect(neededText(poll({ rule: rule({ needed: null }) }))).toBe("Cần quá nửa tổng số triệu tập");
});

test("a verdict says passed or failed, who is chosen, or that there is none", () => {
  const closed = { state: "closed", tally: tally() };
  expect(verdictText(poll(closed))).toBe("ĐƯỢC THÔNG QUA: 46 tán thành, cần 30 trên 58");
  expect(verdictText(poll({ ...closed, kind: "opinion" }))).toBe("ĐƯỢC THÔNG QUA: 46 đồng ý, cần 30 trên 58");
  expect(verdictText(poll({ ...closed, tally: tally({ passed: false, votes_for: 30 }) }))).toContain("KHÔNG");
  const lines = [line("Phương án A", 40, { chosen: true }), line("Phương án B", 12, { tied: true }), line("C", 12)];
  const choice = { state: "closed", kind: "choice", tally: tally({ passed: null, lines }) };
  expect(verdictText(poll(choice))).toBe("ĐƯỢC CHỌN: Phương án A. Bằng phiếu, chưa phân định: Phương án B.");
  const nobody = { ...choice, tally: tally({ passed: null, lines: [line("C", 12)] }) };
  expect(verdictText(poll(nobody))).toBe("Không lựa chọn nào đủ số phiếu.");
});

test("an annulled vote is told by its reason, never by the result it had", () => {
  const annulled = poll({ state: "annulled", annulled_reason: "Đọc nhầm tên", tally: tally() });
  expect(shortText(annulled)).toBe("Đã hủy: Đọc nhầm tên");
  expect(shortText(poll({ state: "closed", tally: tally() }))).toContain("ĐƯỢC THÔNG QUA");
  expect(shortText(poll())).toBe("Cần quá nửa tổng số triệu tập: 30/58");
});

test("a vote cannot be opened for the reasons the server gives, nor while votes run in a row", () => {
  const cockpit = { polls: [], openPoll: undefined, batch: null } as unknown as Cockpit;
  expect(whyNotStep(cockpit, poll())).toBeUndefined();
  const quorum = [{ code: "no_quorum", text: "Chưa đủ 2/3.", text_en: "No quorum." }];
  expect(whyNotStep(cockpit, poll({ obstacles: quorum }))).toBe("Chưa đủ 2/3.");
  expect(whyNotStep(cockpit, poll({ state: "annulled" }))).toBe("Biểu quyết này đã hủy.");
  const running = { ...cockpit, batch: { state: "running" } } as unknown as Cockpit;
  expect(whyNotStep(running, poll())).toContain("loạt");
});

const openVote: RuleSetView = {
  code: "open-vote",
  name: "Biểu quyết công khai",
  name_en: "Open vote",
  citation: "Quy chế làm việc",
  note: "",
  tie: "Bằng phiếu thì không thông qua.",
  tie_en: "Equality does not pass.",
  remarks: [],
  remarks_en: [],
  subject: "motion",
  forms: ["open"],
  kinds: ["motion", "opinion", "choice"],
  base: "entitled",
  numerator: 1,
  denominator: 2,
  strict: true,
  quorum_numerator: null,
  quorum_denominator: null,
  names: "either",
  changeable: false,
  late_arrivals: true,
  reserved_opinions: false,
  adjustable: ["base", "threshold", "changeable"],
  exclusions: [],
  own: false,
};
const resolution: RuleSetView = {
  ...openVote,
  code: "resolution",
  kinds: ["motion", "opinion"],
  base: "members",
  names: "named",
  adjustable: [],
  quorum_numerator: 2,
  quorum_denominator: 3,
};
const election: RuleSetView = { ...openVote, code: "election", forms: ["paper_secret"], citation: "190-QĐ/TW, Điều 3" };

test("another rule brings its figures and drops what it does not know", () => {
  const chosen = {
    ...EMPTY,
    kind: "choice",
    exclusions: [{ participant_id: 3, name: "Hà", code: "absent-throughout", note: "" }],
  };
  expect(follow(chosen, resolution)).toMatchObject({
    rule: "resolution",
    kind: "motion",
    named: true,
    base: "members",
    exclusions: [],
  });
});

test("figures that a rule fixes are not sent, those it leaves open are", () => {
  const free = pollBody({ ...EMPTY, title: " Thông qua ", numerator: 2, denominator: 3, strict: false }, openVote);
  expect(free).toMatchObject({ title: "Thông qua", numerator: 2, denominator: 3, strict: false, named: false });
  const fixed = pollBody({ ...follow(EMPTY, resolution), title: "NQ", members: "15" }, resolution);
  expect(fixed).toMatchObject({ rule: "resolution", members: 15 });
  expect(Object.keys(fixed)).not.toEqual(expect.arrayContaining(["base"]));
  expect(fixed.named).toBeUndefined();
});

test("what is missing is said before anything is sent", () => {
  const draft = { ...EMPTY, title: "Chọn phương án" };
  expect(whyNotSave(draft, openVote)).toBeUndefined();
  expect(whyNotSave({ ...draft, title: " " }, openVote)).toContain("Cần điền");
  expect(whyNotSave({ ...draft, rule: "election" }, election)).toContain("190-QĐ/TW, Điều 3");
  const choice = { ...draft, kind: "choice" };
  expect(whyNotSave({ ...choice, options: "Một\n\n" }, openVote)).toContain("ít nhất 2");
  expect(whyNotSave({ ...choice, options: "Một\nMột" }, openVote)).toContain("trùng");
  expect(whyNotSave({ ...choice, options: "Một\nHai", most: "3" }, openVote)).toContain("nhiều hơn");
  expect(whyNotSave({ ...choice, options: "Một\nHai", most: "2" }, openVote)).toBeUndefined();
  expect(whyNotSave({ ...follow(draft, resolution) }, resolution)).toContain("tổng số ủy viên");
});

test("a stored draft fills the form and goes back unchanged", () => {
  const stored: PollDetails = {
    ...poll({ kind: "choice", options: ["A", "B"], option_count: 2, choose_most: 1, title: "Chọn" }),
    rule: rule({ base: "entitled" }),
    seconds: 90,
    members: null,
    excluded: [],
  };
  const body = pollBody(draftOf(stored), openVote);
  expect(body).toMatchObject({ title: "Chọn", options: ["A", "B"], choose_most: 1, seconds: 90, base: "entitled" });
});

test("a unit's rule gets a code from its name, and needs a name, a citation and a fit threshold", () => {
  expect(codeOf("Nghị quyết của Đảng ủy xã (2026)")).toBe("nghi-quyet-cua-dang-uy-xa-2026");
  const draft = { ...basedOn(openVote), name: "Nghị quyết xã", regulation: "Quy chế làm việc", article: "Điều 7" };
  expect(whyNotRuleSave(draft, [])).toBeUndefined();
  expect(whyNotRuleSave(draft, ["nghi-quyet-xa"])).toContain("đã có");
  expect(whyNotRuleSave({ ...draft, article: "" }, [])).toContain("điều khoản");
  expect(whyNotRuleSave({ ...draft, strict: false }, [])).toContain("quá nửa");
  const body = ruleBody({ ...draft, reasons: "Ốm dài ngày\nốm dài ngày!\n\nChuyển công tác", base: "present" });
  expect(body.exclusions.map((one) => one.code)).toEqual(["om-dai-ngay", "om-dai-ngay-2", "chuyen-cong-tac"]);
  expect(body.late_arrivals).toBe(false);
});

test.each([
  [1, 2, true, true],
  [1, 2, false, false],
  [2, 3, false, true],
  [1, 1, false, true],
  [1, 1, true, false],
  [1, 3, true, false],
])("a threshold of %d/%d (strict: %s) is fit: %s", (numerator, denominator, strict, fit) => {
  expect(isFit(numerator, denominator, strict)).toBe(fit);
});

test("the time of votes in a row is counted with pauses between them, and figures outside the limits are refused", () => {
  expect(batchMinutes(3, 60, 30)).toBe(4);
  expect(batchMinutes(1, 60, 120)).toBe(1);
  expect(batchMinutes(0, 60, 8)).toBe(0);
  const limits = { least: 10, most: 600 };
  expect(["10", "600"].every((typed) => inRange(typed, limits))).toBe(true);
  expect(["", "9", "601", "1.5", "x"].some((typed) => inRange(typed, limits))).toBe(false);
});

test("who is waited for stands first, and only who is there and on the line counts as ready", () => {
  const row = (name: string, present: boolean, online: boolean, voted: boolean): TurnoutRow => ({
    participant_id: name.length,
    name,
    unit: "",
    seat: null,
    present,
    online,
    voted,
  });
  const rows = [
    row("Bùi Thị An", true, true, true),
    row("Lê Văn Bình", false, false, false),
    row("Đỗ Thị Cúc", true, true, false),
    row("Vũ Văn Dũng", true, false, false),
  ];
  expect(counted(rows)).toEqual({ of: 4, ready: 2, voted: 1, waitedFor: 2 });
  expect(waitedForFirst(rows, true).map((one) => one.name.split(" ")[2])).toEqual(["Dũng", "Cúc", "Bình", "An"]);
});

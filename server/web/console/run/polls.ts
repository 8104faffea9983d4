/** Words and order of polls, and the one next step of each. */

import { t, word } from "../i18n/index.ts";
import { say } from "../parts/say.ts";
import type { Poll, Rule, RuleWords } from "../shapes.ts";
import type { Cockpit } from "./model.ts";

/** A majority in figures. */
export interface Majority {
  readonly base: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly strict: boolean;
}

/** "Cần quá nửa tổng số triệu tập". */
export function majorityText({ base, numerator, denominator, strict }: Majority): string {
  const of = word("base", base);
  if (strict && numerator * 2 === denominator) return t("rule.half", { base: of });
  return t(strict ? "rule.more" : "rule.least", { numerator, denominator, base: of });
}

/** "Cần quá nửa tổng số triệu tập: 31/60". The numbers appear when the base is known. */
export function ruleText(rule: Rule): string {
  const text = majorityText(rule);
  if (rule.needed === null || !rule.base_count) return text;
  return text + t("rule.count", { needed: rule.needed, count: rule.base_count });
}

/** The base in numbers: "60 − 2 = 58 (tổng số triệu tập)". */
export function baseText(rule: Rule): string {
  const base = word("base", rule.base);
  if (rule.base_count === null) return t("base.later", { base });
  const from = rule.base_from ?? rule.base_count;
  const left = from - rule.base_count;
  if (left === 0) return t("base.whole", { count: rule.base_count, base });
  return t("base.less", { from, left, count: rule.base_count, base });
}

/** What is needed, in the words of this kind of ballot; empty where the vote has no threshold to pass. */
export function neededText(poll: Poll): string {
  const { needed } = poll.rule;
  if (poll.kind === "confidence") return t("needed.confidence");
  if (needed === null) return majorityText(poll.rule);
  if (poll.kind === "choice") return t("needed.each", { needed });
  return t(poll.kind === "opinion" ? "needed.agree" : "needed.for", { needed });
}

/** Whether enough are present; true too where the rule asks for no quorum. */
export const hasQuorum = (rule: Rule) => rule.quorum_present >= rule.quorum_needed;

/** "Chọn nhiều nhất 2 trong 5 · nêu tên · không đổi được phiếu". An ordinary vote needs no word about its choices. */
export function ballotText(poll: Poll): string {
  const ordinary = poll.kind === "motion";
  const kind =
    poll.kind === "choice"
      ? t("ballot.choiceOf", { most: poll.choose_most ?? 1, of: poll.option_count })
      : word("ballot", poll.kind);
  const names = t(poll.named ? "ballot.named" : "ballot.unnamed");
  const change = t(poll.changeable ? "motion.changeable" : "motion.final");
  return [...(ordinary ? [] : [kind]), names, change].join(" · ");
}

/** The rule of a poll in words: with the poll itself, or from the console's list. */
export function rulesWords(poll: Poll, rules: readonly RuleWords[]): RuleWords | undefined {
  return poll.rule.words ?? rules.find((one) => one.code === poll.rule.code);
}

/** "ĐƯỢC THÔNG QUA: 46 tán thành, cần 31 trên 60"; for choices who is chosen; for confidence how many names. */
export function verdictText(poll: Poll): string {
  const { tally } = poll;
  if (tally === null) return "…";
  if (tally.passed !== null) {
    const verdict = t(tally.passed ? "motion.passed" : "motion.failed");
    const figures = { votes: tally.votes_for, needed: tally.needed, base: tally.base_count };
    return `${verdict}: ${t(poll.kind === "opinion" ? "motion.verdict.opinion" : "motion.verdict", figures)}`;
  }
  if (poll.kind === "confidence") return t("verdict.confidence", { n: poll.option_count, cast: tally.cast });
  return choiceVerdict(poll);
}

function choiceVerdict(poll: Poll): string {
  const { tally } = poll;
  if (tally === null || tally.lines.length === 0) return t("verdict.counted", { cast: tally?.cast ?? 0 });
  const names = (lines: readonly { readonly label: string }[]) => lines.map((line) => line.label).join("; ");
  const chosen = tally.lines.filter((line) => line.chosen);
  const tied = tally.lines.filter((line) => line.tied);
  const first = chosen.length > 0 ? t("verdict.chosen", { names: names(chosen) }) : t("verdict.nobody");
  return tied.length > 0 ? `${first} ${t("verdict.tied", { names: names(tied) })}` : first;
}

/** A vote in one line: why it is void, what it came to, or what it needs. */
export function shortText(poll: Poll): string {
  if (poll.state === "annulled") return t("motion.annulled", { reason: poll.annulled_reason ?? "" });
  if (poll.tally !== null) return verdictText(poll);
  return poll.kind === "confidence" ? word("ballot", poll.kind) : ruleText(poll.rule);
}

const URGENCY = ["open", "closed", "draft", "published", "annulled"];

/** Polls by how urgent their next step is: open, then closed, then not opened yet; else as they were. */
export function byUrgency(polls: readonly Poll[]): readonly Poll[] {
  return [...polls].sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
}

/** The poll with the most urgent next step. */
export const mostUrgent = (polls: readonly Poll[]): Poll | undefined => byUrgency(polls)[0];

/** Why the next step of this poll cannot be taken now. */
export function whyNotStep(cockpit: Cockpit, poll: Poll | undefined): string | undefined {
  if (poll === undefined) return t("motion.why.none");
  if (poll.state === "annulled") return t("motion.why.annulled");
  if (poll.state !== "draft") return cockpit.whyNotLead;
  if (cockpit.whyNotChair !== undefined) return cockpit.whyNotChair;
  if (cockpit.openPoll !== undefined) return t("motion.why.other");
  if (cockpit.batch?.state === "running") return t("motion.why.batch");
  return whyNotOpen(poll);
}

/** What forbids to open this draft, in the server's words. */
export function whyNotOpen(poll: Poll): string | undefined {
  if (poll.obstacles.length === 0) return undefined;
  return poll.obstacles.map((one) => say(one.text, one.text_en)).join(" ");
}

/** The drafts that a batch can take, in the order of the agenda. */
export const batchable = (polls: readonly Poll[]) => polls.filter((poll) => poll.state === "draft");

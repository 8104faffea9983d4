/** Words and order of polls, and the one next step of each. */

import { t, word } from "../i18n/index.ts";
import type { Poll, Rule, Tally } from "../shapes.ts";
import type { Cockpit } from "./model.ts";

/** "Cần quá nửa tổng số triệu tập: 31/60". The numbers appear when the base is known. */
export function ruleText(rule: Rule): string {
  const base = word("base", rule.base);
  const { numerator, denominator } = rule;
  const half = rule.strict && numerator * 2 === denominator;
  const share = rule.strict ? "rule.more" : "rule.least";
  const text = half ? t("rule.half", { base }) : t(share, { numerator, denominator, base });
  if (rule.needed === null || !rule.base_count) return text;
  return text + t("rule.count", { needed: rule.needed, count: rule.base_count });
}

/** "ĐƯỢC THÔNG QUA: 46 tán thành, cần 31 trên 60". */
export function verdictText(tally: Tally): string {
  const verdict = tally.passed ? t("motion.passed") : t("motion.failed");
  return `${verdict}: ${t("motion.verdict", { votes: tally.votes_for, needed: tally.needed, base: tally.base_count })}`;
}

const URGENCY = ["open", "closed", "draft", "published"];

/** The poll with the most urgent next step: open, then closed, then not opened yet. */
export function mostUrgent(polls: readonly Poll[]): Poll | undefined {
  return [...polls].sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state))[0];
}

/** Why the next step of this poll cannot be taken now. */
export function whyNotStep(cockpit: Cockpit, poll: Poll | undefined): string | undefined {
  if (poll === undefined) return t("motion.why.none");
  if (poll.state !== "draft") return cockpit.whyNotLead;
  if (cockpit.whyNotChair !== undefined) return cockpit.whyNotChair;
  if (cockpit.openPoll !== undefined) return t("motion.why.other");
  return cockpit.attendance?.entitled_present === 0 ? t("motion.why.nobody") : undefined;
}

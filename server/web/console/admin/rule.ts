/** A unit's own rule for votes, as the form holds it and as the server is told. */

import type { RuleSetIn, RuleSetView } from "../calls/votes.ts";
import { t } from "../i18n/index.ts";
import { fold } from "../parts/fold.ts";

export const KINDS = ["motion", "opinion", "choice", "confidence"] as const;
export const BASES = ["convened", "members", "entitled", "present", "cast"] as const;
export const NAMES = ["either", "named", "unnamed"] as const;

export interface RuleDraft {
  readonly name: string;
  readonly nameEn: string;
  readonly regulation: string;
  readonly number: string;
  readonly date: string;
  readonly article: string;
  readonly note: string;
  readonly subject: string;
  readonly kinds: readonly string[];
  readonly base: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly strict: boolean;
  /** undefined: the meeting's own quorum. */
  readonly quorum: { readonly numerator: number; readonly denominator: number } | undefined;
  readonly names: string;
  readonly changeable: boolean;
  readonly late: boolean;
  readonly reserved: boolean;
  /** One reason a line. */
  readonly reasons: string;
  readonly tie: { readonly vi: string; readonly en: string };
}

/** The figures of a known rule; name and citation are the unit's to write. */
export function basedOn(rule: RuleSetView): RuleDraft {
  const { quorum_numerator: numerator, quorum_denominator: denominator } = rule;
  return {
    name: "",
    nameEn: "",
    regulation: "",
    number: "",
    date: "",
    article: "",
    note: "",
    subject: rule.subject,
    kinds: rule.kinds,
    base: rule.base,
    numerator: rule.numerator,
    denominator: rule.denominator,
    strict: rule.strict,
    quorum: numerator === null || denominator === null ? undefined : { numerator, denominator },
    names: rule.names,
    changeable: rule.changeable,
    late: rule.late_arrivals,
    reserved: rule.reserved_opinions,
    reasons: rule.exclusions.map((one) => one.text).join("\n"),
    tie: { vi: rule.tie, en: rule.tie_en },
  };
}

const MOST_LETTERS = 50;

/** A code out of words: "Nghị quyết của xã (2026)" → "nghi-quyet-cua-xa-2026". */
export function codeOf(words: string): string {
  return fold(words)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MOST_LETTERS)
    .replace(/^-+|-+$/g, "");
}

const lines = (text: string) => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** Reasons with their codes; two that would have one code get numbers. */
function exclusions(draft: RuleDraft) {
  const given = new Map<string, number>();
  return lines(draft.reasons).map((line) => {
    const code = codeOf(line) || "ly-do";
    const times = (given.get(code) ?? 0) + 1;
    given.set(code, times);
    return { code: times === 1 ? code : `${code}-${times}`, vi: line, en: line };
  });
}

/** What the server is told. A tie passes under no rule. */
export function ruleBody(draft: RuleDraft): RuleSetIn {
  const name = draft.name.trim();
  return {
    code: codeOf(name),
    name: { vi: name, en: draft.nameEn.trim() || name },
    citation: {
      regulation: draft.regulation.trim(),
      number: draft.number.trim(),
      date: draft.date.trim(),
      article: draft.article.trim(),
      note: draft.note.trim(),
    },
    subject: draft.subject,
    forms: ["open"],
    kinds: draft.kinds,
    base: draft.base,
    threshold: { numerator: draft.numerator, denominator: draft.denominator, strict: draft.strict },
    quorum: draft.quorum ?? null,
    names: draft.names,
    changeable: draft.changeable,
    late_arrivals: draft.late && draft.base !== "present",
    reserved_opinions: draft.reserved,
    exclusions: exclusions(draft),
    tie: { ...draft.tie, code: "not-passed" },
  };
}

/** Whether no tie passes: more than a half or more, or at least more than a half; at most all. */
export function isFit(numerator: number, denominator: number, strict: boolean): boolean {
  if (strict) return denominator <= 2 * numerator && numerator < denominator;
  return denominator < 2 * numerator && numerator <= denominator;
}

/** The first thing that is still missing. `taken`: codes that exist. */
export function whyNotSave(draft: RuleDraft, taken: readonly string[]): string | undefined {
  const code = codeOf(draft.name);
  if (draft.name.trim() === "" || code === "") return t("rules.why.name");
  if (taken.includes(code)) return t("rules.why.taken");
  if (draft.regulation.trim() === "") return t("rules.why.regulation");
  if ([draft.number, draft.date, draft.article].every((text) => text.trim() === "")) return t("rules.why.citation");
  if (draft.kinds.length === 0) return t("rules.why.kind");
  return isFit(draft.numerator, draft.denominator, draft.strict) ? undefined : t("rules.why.threshold");
}

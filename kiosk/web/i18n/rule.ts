/** A rule of voting in one sentence; the seat and the wall say it in the same words. */

import { type Translation, translator } from "@common/i18n/index.ts";
import type { Rule } from "@common/types.gen.ts";

const vi = {
  "majority.strict.half": "quá nửa",
  "majority.strict": "quá {of}",
  "majority.half": "ít nhất một nửa",
  "majority.least": "ít nhất {of}",
  "base.convened": "tổng số đại biểu được triệu tập",
  "base.entitled": "tổng số đại biểu có quyền biểu quyết",
  "base.present": "số đại biểu có mặt",
  "base.cast": "số phiếu thu về",
  need: "Cần {majority} {base}",
  "need.number": "Cần {majority} {base}: {needed}/{of}",
} as const;

const en: Translation<typeof vi> = {
  "majority.strict.half": "more than half",
  "majority.strict": "more than {of}",
  "majority.half": "at least half",
  "majority.least": "at least {of}",
  "base.convened": "of all delegates convened",
  "base.entitled": "of all delegates entitled to vote",
  "base.present": "of the delegates present",
  "base.cast": "of the ballots cast",
  need: "Needs {majority} {base}",
  "need.number": "Needs {majority} {base}: {needed}/{of}",
};

const t = translator(vi, en);

type Bare = Pick<Rule, "base" | "numerator" | "denominator" | "strict">;

function majority({ numerator, denominator, strict }: Bare): string {
  const half = numerator * 2 === denominator;
  if (half) return strict ? t("majority.strict.half") : t("majority.half");
  const of = `${numerator}/${denominator}`;
  return strict ? t("majority.strict", { of }) : t("majority.least", { of });
}

function base(name: string): string {
  if (name === "convened" || name === "entitled" || name === "present" || name === "cast") return t(`base.${name}`);
  return name;
}

/** "Cần quá nửa tổng số đại biểu được triệu tập: 31/60"; without the figures while the base is not known yet. */
export function ruleText(rule: Rule): string {
  const parts = { majority: majority(rule), base: base(rule.base) };
  if (rule.needed === null || rule.base_count === null) return t("need", parts);
  return t("need.number", { ...parts, needed: rule.needed, of: rule.base_count });
}

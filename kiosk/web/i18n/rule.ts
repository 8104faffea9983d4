/** A rule of voting in words and numbers; the seat and the wall say it in the same words. */

import { language, type Translation, translator } from "@common/i18n/index.ts";
import type { ExclusionCount, Rule } from "@common/types.gen.ts";

const vi = {
  "majority.strict.half": "quá nửa",
  "majority.strict": "quá {of}",
  "majority.half": "ít nhất một nửa",
  "majority.least": "ít nhất {of}",
  "base.convened": "tổng số đại biểu được triệu tập",
  "base.members": "tổng số ủy viên",
  "base.entitled": "tổng số đại biểu có quyền biểu quyết",
  "base.present": "số đại biểu có mặt",
  "base.cast": "số phiếu thu về",
  "base.valid": "số phiếu hợp lệ",
  need: "Cần {majority} {base}",
  "need.number": "Cần {majority} {base}: {needed}/{of}",
  "need.choice": "Được chọn khi có {majority} {base}",
  "need.choice.number": "Được chọn khi có {majority} {base}: {needed}/{of}",
  "count.of": "Tính trên {base}",
  "count.of.number": "Tính trên {base}: {of}",
  "base.plain": "Tính trên {base}: {of}.",
  "base.less": "Tính trên {base}: {of} = {from} − {less} được trừ.",
  "base.later": "Tính trên {base}, biết khi kết thúc.",
  "less.short": "đã trừ {less} trong {from}",
  excluded: "Trừ {n}: {reason}",
  quorum: "Có mặt {present}, cần ít nhất {needed} để biểu quyết.",
  "quorum.none": "Có mặt {present}; không đòi hỏi số người dự tối thiểu.",
  named: "Kết quả có nêu tên",
  unnamed: "Kết quả không nêu tên",
  changeable: "Đổi được đến khi kết thúc",
  final: "Gửi rồi không đổi được",
} as const;

const en: Translation<typeof vi> = {
  "majority.strict.half": "more than half",
  "majority.strict": "more than {of}",
  "majority.half": "at least half",
  "majority.least": "at least {of}",
  "base.convened": "of all delegates convened",
  "base.members": "of all members",
  "base.entitled": "of all delegates entitled to vote",
  "base.present": "of the delegates present",
  "base.cast": "of the ballots cast",
  "base.valid": "of the valid ballots",
  need: "Needs {majority} {base}",
  "need.number": "Needs {majority} {base}: {needed}/{of}",
  "need.choice": "Chosen with {majority} {base}",
  "need.choice.number": "Chosen with {majority} {base}: {needed}/{of}",
  "count.of": "Counted {base}",
  "count.of.number": "Counted {base}: {of}",
  "base.plain": "Counted {base}: {of}.",
  "base.less": "Counted {base}: {of} = {from} − {less} left out.",
  "base.later": "Counted {base}, known at the close.",
  "less.short": "{less} of {from} left out",
  excluded: "{n} left out: {reason}",
  quorum: "{present} present, at least {needed} needed to vote.",
  "quorum.none": "{present} present; no quorum is asked for.",
  named: "The result gives names",
  unnamed: "The result gives no names",
  changeable: "May be changed until the close",
  final: "Cannot be changed once sent",
};

const t = translator(vi, en);

const BASES = ["convened", "members", "entitled", "present", "cast", "valid"] as const;

/** The rule's name in the current language. */
export function wordsOf({ words }: Rule): string | undefined {
  return (language.value === "en" ? words?.name_en : words?.name) ?? undefined;
}

function majority({ numerator, denominator, strict }: Rule): string {
  const half = numerator * 2 === denominator;
  if (half) return strict ? t("majority.strict.half") : t("majority.half");
  const of = `${numerator}/${denominator}`;
  return strict ? t("majority.strict", { of }) : t("majority.least", { of });
}

function base(name: string): string {
  const known = BASES.find((one) => one === name);
  return known === undefined ? name : t(`base.${known}`);
}

/** How many were left out of the base. */
function less(rule: Rule): number {
  return rule.exclusions.reduce((sum, one) => sum + one.count, 0);
}

/**
 * "Cần quá nửa tổng số đại biểu được triệu tập: 31/60"; without the figures while the base is not known yet. Levels of
 * confidence know no majority: only what their shares are of.
 */
export function ruleText(rule: Rule, kind: string): string {
  const parts = { majority: majority(rule), base: base(rule.base) };
  const { needed, base_count: of } = rule;
  if (kind === "confidence") {
    return of === null ? t("count.of", parts) : t("count.of.number", { ...parts, of });
  }
  if (needed === null || of === null) return kind === "choice" ? t("need.choice", parts) : t("need", parts);
  return kind === "choice"
    ? t("need.choice.number", { ...parts, needed, of })
    : t("need.number", { ...parts, needed, of });
}

/** "đã trừ 2 trong 62"; undefined when nobody is left out. */
export function lessText(rule: Rule): string | undefined {
  if (less(rule) === 0 || rule.base_from === null) return undefined;
  return t("less.short", { less: less(rule), from: rule.base_from });
}

/** The base as a sum: "60 = 62 − 2 được trừ". */
export function baseText(rule: Rule): string {
  const parts = { base: base(rule.base) };
  const { base_count: of, base_from: from } = rule;
  if (of === null) return t("base.later", parts);
  if (less(rule) === 0 || from === null) return t("base.plain", { ...parts, of });
  return t("base.less", { ...parts, of, from, less: less(rule) });
}

/** "Trừ 2: Vắng mặt có lý do suốt hội nghị". */
export function excludedText(one: ExclusionCount): string {
  return t("excluded", { n: one.count, reason: language.value === "en" ? one.text_en : one.text });
}

/** How many are there and how many must be. */
export function quorumText({ quorum_needed: needed, quorum_present: present }: Rule): string {
  return needed > 0 ? t("quorum", { present, needed }) : t("quorum.none", { present });
}

/** Whether names are shown. */
export function namedText(named: boolean): string {
  return named ? t("named") : t("unnamed");
}

/** Whether a ballot may change. */
export function changeText(changeable: boolean): string {
  return changeable ? t("changeable") : t("final");
}

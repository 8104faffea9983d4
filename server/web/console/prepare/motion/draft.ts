/** A vote as the form holds it: from a rule, from a stored draft, and into what the server is told. */

import type { PollIn } from "../../calls/room.ts";
import type { PollDetails, RuleSetView } from "../../calls/votes.ts";
import { t } from "../../i18n/index.ts";

export interface Exclusion {
  readonly participant_id: number;
  readonly name: string;
  readonly code: string;
  readonly note: string;
}

export interface Draft {
  readonly title: string;
  readonly motion: string;
  readonly item: number | null;
  readonly rule: string;
  readonly kind: string;
  /** One option or name a line. */
  readonly options: string;
  readonly most: string;
  readonly named: boolean;
  readonly members: string;
  readonly base: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly strict: boolean;
  readonly changeable: boolean;
  readonly seconds: string;
  readonly exclusions: readonly Exclusion[];
}

export const EMPTY: Draft = {
  title: "",
  motion: "",
  item: null,
  rule: "open-vote",
  kind: "motion",
  options: "",
  most: "1",
  named: false,
  members: "",
  base: "entitled",
  numerator: 1,
  denominator: 2,
  strict: true,
  changeable: false,
  seconds: "",
  exclusions: [],
};

/** The figures of a rule; the kind and the exclusions stay where the rule knows them. */
export function follow(draft: Draft, rule: RuleSetView): Draft {
  const { base, numerator, denominator, strict, changeable } = rule;
  const known = new Set(rule.exclusions.map((one) => one.code));
  return {
    ...draft,
    rule: rule.code,
    kind: rule.kinds.includes(draft.kind) ? draft.kind : (rule.kinds[0] ?? "motion"),
    named: rule.names === "either" ? draft.named : rule.names === "named",
    base,
    numerator,
    denominator,
    strict,
    changeable,
    exclusions: draft.exclusions.filter((one) => known.has(one.code)),
  };
}

/** A stored draft. */
export function draftOf(poll: PollDetails): Draft {
  return {
    title: poll.title,
    motion: poll.motion,
    item: poll.agenda_item_id,
    rule: poll.rule.code,
    kind: poll.kind,
    options: poll.options.join("\n"),
    most: String(poll.choose_most ?? 1),
    named: poll.named,
    members: poll.members === null ? "" : String(poll.members),
    base: poll.rule.base,
    numerator: poll.rule.numerator,
    denominator: poll.rule.denominator,
    strict: poll.rule.strict,
    changeable: poll.changeable,
    seconds: poll.seconds === null ? "" : String(poll.seconds),
    exclusions: poll.excluded.map(({ participant_id, name, code, note }) => ({ participant_id, name, code, note })),
  };
}

/** The options, without empty lines. */
export const optionsOf = (draft: Draft) =>
  draft.options
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

export const hasOptions = (draft: Draft) => draft.kind === "choice" || draft.kind === "confidence";

/** What the server is told: figures only where the rule lets a vote set its own. */
export function pollBody(draft: Draft, rule: RuleSetView): PollIn {
  const may = (figure: string) => rule.adjustable.includes(figure);
  const { numerator, denominator, strict } = draft;
  return {
    title: draft.title.trim(),
    motion: draft.motion.trim(),
    agenda_item_id: draft.item,
    rule: draft.rule,
    kind: draft.kind,
    options: hasOptions(draft) ? optionsOf(draft) : [],
    choose_most: draft.kind === "choice" ? Number(draft.most) || 1 : null,
    ...(rule.names === "either" ? { named: draft.named } : {}),
    members: draft.base === "members" && draft.members ? Number(draft.members) : null,
    exclusions: draft.exclusions.map(({ participant_id, code, note }) => ({ participant_id, code, note: note.trim() })),
    ...(may("base") ? { base: draft.base } : {}),
    ...(may("threshold") ? { numerator, denominator, strict } : {}),
    ...(may("changeable") ? { changeable: draft.changeable } : {}),
    seconds: draft.seconds ? Number(draft.seconds) : null,
  };
}

/** Why a rule cannot be followed on the seats: its form is on paper. Said with its citation. */
export function whyNotRule(rule: RuleSetView | undefined): string | undefined {
  if (rule === undefined || rule.forms.includes("open")) return undefined;
  return t("motions.why.paper", { citation: rule.citation });
}

const LEAST: Readonly<Record<string, number>> = { choice: 2, confidence: 1 };

/** The first thing that is still missing. */
export function whyNotSave(draft: Draft, rule: RuleSetView | undefined): string | undefined {
  if (draft.title.trim() === "") return `${t("motions.title")}: ${t("form.required")}`;
  if (rule === undefined) return t("app.loading");
  const forbidden = whyNotRule(rule);
  if (forbidden !== undefined) return forbidden;
  if (draft.numerator > draft.denominator) return t("motions.tooMuch");
  const options = optionsOf(draft);
  const least = LEAST[draft.kind] ?? 0;
  if (options.length < least) return t("motions.why.options", { least });
  if (hasOptions(draft) && new Set(options).size < options.length) return t("motions.why.twice");
  if (draft.kind === "choice" && Number(draft.most) > options.length) return t("motions.why.most");
  if (draft.base === "members" && !(Number(draft.members) >= 1)) return t("motions.why.members");
  return draft.exclusions.some((one) => one.code === "") ? t("motions.why.reason") : undefined;
}

/** What a vote stands on, before it opens and while it runs: rule, base in numbers, quorum, how many are needed. */

import type { ComponentChildren } from "preact";
import { t } from "../i18n/index.ts";
import { say } from "../parts/say.ts";
import type { Poll, RuleWords } from "../shapes.ts";
import { baseText, hasQuorum, neededText, rulesWords } from "./polls.ts";

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Quorum({ poll }: { readonly poll: Poll }) {
  const { rule } = poll;
  if (rule.quorum_needed === 0) return <span>{t("quorum.none")}</span>;
  const met = hasQuorum(rule);
  const figures = { present: rule.quorum_present, needed: rule.quorum_needed };
  return (
    <span class={met ? "fact-met" : "fact-unmet"}>
      <span aria-hidden="true">{met ? "✓ " : "! "}</span>
      {t(met ? "quorum.met" : "quorum.unmet", figures)}
    </span>
  );
}

/** Figures that are disputed, with what is doubtful about them. */
function Remarks({ words }: { readonly words: RuleWords }) {
  const remarks = words.remarks.map((vi, index) => say(vi, words.remarks_en[index] ?? vi));
  const all = words.note ? [words.note, ...remarks] : remarks;
  if (all.length === 0) return null;
  return (
    <Fact name={t("facts.remarks")}>
      <ul class="fact-remarks">
        {all.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Fact>
  );
}

export interface RuleFactsProps {
  readonly poll: Poll;
  readonly rules: readonly RuleWords[];
  /** With what is doubtful about the rule's figures. */
  readonly remarks?: boolean;
}

/** See the top of this file. */
export function RuleFacts({ poll, rules, remarks = false }: RuleFactsProps) {
  const words = rulesWords(poll, rules);
  return (
    <dl class="rule-facts">
      {words && (
        <Fact name={t("facts.rule")}>
          {say(words.name, words.name_en)}
          <small>{words.citation}</small>
        </Fact>
      )}
      <Fact name={t("facts.base")}>
        {baseText(poll.rule)}
        {poll.rule.exclusions.map((one) => (
          <small key={one.code}>{t("facts.less", { n: one.count, why: say(one.text, one.text_en) })}</small>
        ))}
      </Fact>
      <Fact name={t("facts.quorum")}>
        <Quorum poll={poll} />
      </Fact>
      <Fact name={t("facts.needed")}>
        <strong>{neededText(poll)}</strong>
        {words && remarks && <small>{say(words.tie, words.tie_en)}</small>}
      </Fact>
      {words && remarks && <Remarks words={words} />}
    </dl>
  );
}

/** Why the vote cannot be opened, one sentence a line. */
export function Obstacles({ poll }: { readonly poll: Poll }) {
  if (poll.state !== "draft" || poll.obstacles.length === 0) return null;
  return (
    <ul class="obstacles" aria-label={t("facts.obstacles")}>
      {poll.obstacles.map((one) => (
        <li key={one.code}>{say(one.text, one.text_en)}</li>
      ))}
    </ul>
  );
}

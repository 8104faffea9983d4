/** Which rule a vote follows: where it stands, what it says, and what is doubtful about its figures. */

import { Field } from "@common/components/Field.tsx";
import { Notice } from "@common/components/Toast.tsx";
import type { RuleSetView } from "../../calls/votes.ts";
import { t } from "../../i18n/index.ts";
import { say } from "../../parts/say.ts";
import { majorityText } from "../../run/polls.ts";
import { whyNotRule } from "./draft.ts";

interface Props {
  readonly rules: readonly RuleSetView[];
  readonly value: string;
  readonly onRule: (rule: RuleSetView) => void;
}

const isOpen = (rule: RuleSetView) => rule.forms.includes("open");

function Group({ label, rules }: { readonly label: string; readonly rules: readonly RuleSetView[] }) {
  if (rules.length === 0) return null;
  return (
    <optgroup label={label}>
      {rules.map((rule) => (
        <option key={rule.code} value={rule.code}>
          {say(rule.name, rule.name_en)}
        </option>
      ))}
    </optgroup>
  );
}

function quorumText(rule: RuleSetView): string {
  if (rule.quorum_numerator === null || rule.quorum_denominator === null) return t("motions.quorum.meeting");
  return t("motions.quorum.own", { numerator: rule.quorum_numerator, denominator: rule.quorum_denominator });
}

function Says({ rule }: { readonly rule: RuleSetView }) {
  const remarks = rule.remarks.map((vi, index) => say(vi, rule.remarks_en[index] ?? vi));
  return (
    <div class="rule-says">
      <p>
        <strong>{majorityText(rule)}</strong>
        {`. ${quorumText(rule)} ${say(rule.tie, rule.tie_en)}`}
      </p>
      <p>
        <span class="eyebrow">{t("facts.citation")}</span> {rule.citation}
      </p>
      {rule.note && <p class="help">{rule.note}</p>}
      {remarks.length > 0 && (
        <ul class="fact-remarks" aria-label={t("facts.remarks")}>
          {remarks.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** See the top of this file. */
export function RuleChoice({ rules, value, onRule }: Props) {
  const rule = rules.find((one) => one.code === value);
  const forbidden = whyNotRule(rule);
  return (
    <div class="rule-choice">
      <Field label={t("motions.rule")}>
        {(control) => (
          <select
            {...control}
            value={value}
            onChange={(event) => {
              const chosen = rules.find((one) => one.code === event.currentTarget.value);
              if (chosen) onRule(chosen);
            }}
          >
            <Group label={t("motions.rules.own")} rules={rules.filter((one) => one.own && isOpen(one))} />
            <Group label={t("motions.rules.open")} rules={rules.filter((one) => !one.own && isOpen(one))} />
            <Group label={t("motions.rules.paper")} rules={rules.filter((one) => !isOpen(one))} />
          </select>
        )}
      </Field>
      {forbidden && <Notice tone="warn">{forbidden}</Notice>}
      {rule && <Says rule={rule} />}
    </div>
  );
}

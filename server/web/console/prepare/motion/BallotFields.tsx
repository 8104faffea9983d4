/** What the ballot asks, whether the result names who chose what, and how long the vote lasts. */

import { fieldText, type Problem } from "@common/api/index.ts";
import { Field, TextField } from "@common/components/Field.tsx";
import type { RuleSetView } from "../../calls/votes.ts";
import { t, word } from "../../i18n/index.ts";
import { type Draft, hasOptions, optionsOf } from "./draft.ts";

export interface FieldsProps {
  readonly draft: Draft;
  readonly rule: RuleSetView;
  readonly set: (change: Partial<Draft>) => void;
  readonly problem: Problem | undefined;
}

function Options({ draft, set, problem }: FieldsProps) {
  const choice = draft.kind === "choice";
  return (
    <div class={choice ? "options-row" : ""}>
      <Field
        label={choice ? t("motions.options") : t("motions.names")}
        hint={t("motions.options.help", { n: optionsOf(draft).length })}
        error={fieldText(problem, "options")}
      >
        {(control) => (
          <textarea
            {...control}
            rows={4}
            value={draft.options}
            onInput={(event) => set({ options: event.currentTarget.value })}
          />
        )}
      </Field>
      {choice && (
        <TextField
          label={t("motions.most")}
          value={draft.most}
          onValue={(most) => set({ most })}
          error={fieldText(problem, "choose_most")}
          input={{ type: "number", min: "1", max: "60" }}
        />
      )}
    </div>
  );
}

function Names({ draft, rule, set }: FieldsProps) {
  if (rule.names !== "either") {
    return (
      <p class="fixed">
        <span>{t("motions.naming")}</span>
        {t(draft.named ? "ballot.named" : "ballot.unnamed")} <small>{t("motions.byRule")}</small>
      </p>
    );
  }
  return (
    <Field label={t("motions.naming")}>
      {(control) => (
        <select
          {...control}
          value={draft.named ? "named" : "unnamed"}
          onChange={(event) => set({ named: event.currentTarget.value === "named" })}
        >
          <option value="unnamed">{t("ballot.unnamed")}</option>
          <option value="named">{t("ballot.named")}</option>
        </select>
      )}
    </Field>
  );
}

/** See the top of this file. */
export function BallotFields(props: FieldsProps) {
  const { draft, rule, set, problem } = props;
  return (
    <>
      <div class="ballot-row">
        <Field label={t("motions.kind")}>
          {(control) => (
            <select {...control} value={draft.kind} onChange={(event) => set({ kind: event.currentTarget.value })}>
              {rule.kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {word("ballot", kind)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Names {...props} />
        <TextField
          label={t("motions.seconds")}
          hint={t("motions.seconds.help")}
          value={draft.seconds}
          onValue={(seconds) => set({ seconds })}
          error={fieldText(problem, "seconds")}
          input={{ type: "number", min: "10", max: "3600" }}
        />
      </div>
      {hasOptions(draft) && <Options {...props} />}
    </>
  );
}

/** Base, threshold and changing of ballots: fields where the rule leaves them to a vote, else what the rule says. */

import { fieldText } from "@common/api/index.ts";
import { Field, TextField } from "@common/components/Field.tsx";
import { t, word } from "../../i18n/index.ts";
import { FractionField } from "../../parts/MeetingForm.tsx";
import { majorityText } from "../../run/polls.ts";
import type { FieldsProps } from "./BallotFields.tsx";

const BASES = ["convened", "members", "entitled", "present", "cast"] as const;

function Base({ draft, rule, set }: FieldsProps) {
  // Who comes later may vote under this rule, and would not be in a base of those present at the opening.
  const bases = BASES.filter((base) => base !== "present" || !rule.late_arrivals);
  return (
    <Field label={t("motions.base")}>
      {(control) => (
        <select {...control} value={draft.base} onChange={(event) => set({ base: event.currentTarget.value })}>
          {bases.map((one) => (
            <option key={one} value={one}>
              {word("base", one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Threshold({ draft, set }: FieldsProps) {
  return (
    <>
      <Field label={t("motions.compare")}>
        {(control) => (
          <select
            {...control}
            value={draft.strict ? "more" : "least"}
            onChange={(event) => set({ strict: event.currentTarget.value === "more" })}
          >
            <option value="more">{t("motions.more")}</option>
            <option value="least">{t("motions.least")}</option>
          </select>
        )}
      </Field>
      <FractionField
        label={t("motions.threshold")}
        numerator={draft.numerator}
        denominator={draft.denominator}
        onValue={(numerator, denominator) => set({ numerator, denominator })}
      />
    </>
  );
}

/** See the top of this file. */
export function FigureFields(props: FieldsProps) {
  const { draft, rule, set, problem } = props;
  const may = (figure: string) => rule.adjustable.includes(figure);
  const any = may("base") || may("threshold") || draft.base === "members";
  return (
    <>
      {any && (
        <div class="form-row">
          {may("base") && <Base {...props} />}
          {may("threshold") && <Threshold {...props} />}
          {draft.base === "members" && (
            <TextField
              label={t("motions.members")}
              hint={t("motions.members.help")}
              value={draft.members}
              onValue={(members) => set({ members })}
              error={fieldText(problem, "members")}
              input={{ type: "number", min: "1", max: "5000" }}
            />
          )}
        </div>
      )}
      {(may("base") || may("threshold")) && <p class="rule-words">{majorityText(draft)}</p>}
      {may("changeable") ? (
        <label class="check">
          <input
            type="checkbox"
            checked={draft.changeable}
            onChange={(event) => set({ changeable: event.currentTarget.checked })}
          />
          {t("motion.changeable")}
        </label>
      ) : (
        <p class="fixed">
          <span>{t("motions.changing")}</span>
          {t(draft.changeable ? "motion.changeable" : "motion.final")} <small>{t("motions.byRule")}</small>
        </p>
      )}
    </>
  );
}

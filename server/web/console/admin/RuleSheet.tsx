/** The form of a unit's own rule: its name, where it stands, its figures. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { addRule, type RuleSetView } from "../calls/votes.ts";
import { t, word } from "../i18n/index.ts";
import { FractionField } from "../parts/MeetingForm.tsx";
import { say } from "../parts/say.ts";
import { majorityText } from "../run/polls.ts";
import { BASES, basedOn, KINDS, NAMES, type RuleDraft, ruleBody, whyNotSave } from "./rule.ts";

interface FieldsProps {
  readonly draft: RuleDraft;
  readonly set: (change: Partial<RuleDraft>) => void;
  readonly problem: Problem | undefined;
}

function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onValue: (value: string) => void;
}) {
  return (
    <Field label={props.label}>
      {(control) => (
        <select {...control} value={props.value} onChange={(event) => props.onValue(event.currentTarget.value)}>
          {props.options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Check(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onValue: (value: boolean) => void;
  readonly disabled?: string | undefined;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked && props.disabled === undefined}
        disabled={props.disabled !== undefined}
        onChange={(event) => props.onValue(event.currentTarget.checked)}
      />
      <span>
        {props.label}
        {props.disabled && <small>{props.disabled}</small>}
      </span>
    </label>
  );
}

function Source({ draft, set, problem }: FieldsProps) {
  const text = (name: "number" | "date" | "article", most: number, hint?: string) => (
    <TextField
      label={t(`rules.${name}`)}
      value={draft[name]}
      onValue={(value) => set({ [name]: value })}
      error={fieldText(problem, `citation.${name}`)}
      input={{ maxLength: most, ...(hint ? { placeholder: hint } : {}) }}
    />
  );
  return (
    <>
      <TextField
        label={t("rules.regulation")}
        hint={t("rules.regulation.help")}
        value={draft.regulation}
        onValue={(regulation) => set({ regulation })}
        error={fieldText(problem, "citation.regulation")}
        input={{ maxLength: 300 }}
      />
      <div class="form-row">
        {text("number", 60)}
        {text("date", 20, t("rules.date.help"))}
        {text("article", 120)}
      </div>
    </>
  );
}

function Figures({ draft, set }: FieldsProps) {
  return (
    <>
      <div class="form-row">
        <Select
          label={t("rules.base")}
          value={draft.base}
          options={BASES.map((one) => [one, word("base", one)] as const)}
          onValue={(base) => set({ base })}
        />
        <Select
          label={t("motions.compare")}
          value={draft.strict ? "more" : "least"}
          options={[
            ["more", t("motions.more")],
            ["least", t("motions.least")],
          ]}
          onValue={(value) => set({ strict: value === "more" })}
        />
        <FractionField
          label={t("motions.threshold")}
          numerator={draft.numerator}
          denominator={draft.denominator}
          onValue={(numerator, denominator) => set({ numerator, denominator })}
        />
      </div>
      <p class="rule-words">{majorityText(draft)}</p>
      <div class="form-row">
        <Check
          label={t("rules.quorum.own")}
          checked={draft.quorum !== undefined}
          onValue={(own) => set({ quorum: own ? { numerator: 2, denominator: 3 } : undefined })}
        />
        {draft.quorum && (
          <FractionField
            label={t("rules.quorum")}
            numerator={draft.quorum.numerator}
            denominator={draft.quorum.denominator}
            onValue={(numerator, denominator) => set({ quorum: { numerator, denominator } })}
          />
        )}
      </div>
    </>
  );
}

function Manner({ draft, set }: FieldsProps) {
  const toggle = (kind: string, on: boolean) =>
    set({ kinds: KINDS.filter((one) => (one === kind ? on : draft.kinds.includes(one))) });
  return (
    <>
      <fieldset class="checks">
        <legend>{t("rules.kinds")}</legend>
        {KINDS.map((kind) => (
          <Check
            key={kind}
            label={word("ballot", kind)}
            checked={draft.kinds.includes(kind)}
            onValue={(on) => toggle(kind, on)}
          />
        ))}
      </fieldset>
      <Select
        label={t("rules.naming")}
        value={draft.names}
        options={NAMES.map((one) => [one, t(`rules.names.${one}`)] as const)}
        onValue={(names) => set({ names })}
      />
      <fieldset class="checks">
        <Check label={t("rules.changeable")} checked={draft.changeable} onValue={(changeable) => set({ changeable })} />
        <Check
          label={t("rules.late")}
          checked={draft.late}
          disabled={draft.base === "present" ? t("rules.late.why") : undefined}
          onValue={(late) => set({ late })}
        />
        <Check label={t("rules.reserved")} checked={draft.reserved} onValue={(reserved) => set({ reserved })} />
      </fieldset>
      <Field label={t("rules.exclusions")} hint={t("rules.exclusions.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={draft.reasons}
            onInput={(event) => set({ reasons: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

interface Props {
  readonly unit: number;
  readonly rules: readonly RuleSetView[];
  readonly onClose: () => void;
}

/** See the top of this file. Begins with the figures of the first known rule for open votes. */
export function RuleSheet({ unit, rules, onClose }: Props) {
  const open = rules.filter((one) => one.forms.includes("open"));
  const [from, setFrom] = useState(open[0]?.code ?? "");
  const first = open.find((one) => one.code === from);
  const [draft, setDraft] = useState<RuleDraft | undefined>(first && basedOn(first));
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const taken = rules.map((one) => one.code);
  if (draft === undefined) return null;
  const set = (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change });
  const base = (code: string) => {
    const rule = open.find((one) => one.code === code);
    if (rule === undefined) return;
    const { name, nameEn, regulation, number, date, article, note } = draft;
    setFrom(code);
    setDraft({ ...basedOn(rule), name, nameEn, regulation, number, date, article, note });
  };
  const save = async () => {
    try {
      await addRule(unit, ruleBody(draft));
      toast("good", () => t("form.saved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const fields = { draft, set, problem };
  return (
    <Dialog
      wide
      title={t("rules.add")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={whyNotSave(draft, taken)} onPress={save}>
            {t("rules.save")}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      <div class="form-row">
        <TextField
          label={t("rules.name")}
          value={draft.name}
          onValue={(name) => set({ name })}
          error={fieldText(problem, "name.vi")}
          input={{ maxLength: 300, autofocus: true }}
        />
        <TextField
          label={t("rules.name.en")}
          value={draft.nameEn}
          onValue={(nameEn) => set({ nameEn })}
          input={{ maxLength: 300 }}
        />
      </div>
      <Source {...fields} />
      <Select
        label={t("rules.from")}
        value={from}
        options={open.map((one) => [one.code, say(one.name, one.name_en)] as const)}
        onValue={base}
      />
      <Figures {...fields} />
      <Manner {...fields} />
      <Field label={t("rules.note")}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={1000}
            value={draft.note}
            onInput={(event) => set({ note: event.currentTarget.value })}
          />
        )}
      </Field>
    </Dialog>
  );
}

/** Particulars of a meeting: for a new one and for changing one. */

import { fieldText, type Problem } from "@common/api/index.ts";
import { Field, TextField } from "@common/components/Field.tsx";
import { t, word } from "../i18n/index.ts";
import { MEETING_KINDS } from "../shapes.ts";
import { MomentField } from "./MomentField.tsx";
import { toIso } from "./moments.ts";

export interface MeetingDraft {
  readonly title: string;
  readonly kind: string;
  readonly room: string;
  /** Local time of the meeting room, "2026-11-23T08:00"; "" while it is not all written. */
  readonly starts: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** Body of a request. */
export function meetingBody(draft: MeetingDraft) {
  return {
    title: draft.title.trim(),
    kind: draft.kind,
    room: draft.room.trim(),
    starts_at: toIso(draft.starts),
    quorum_numerator: draft.numerator,
    quorum_denominator: draft.denominator,
  };
}

interface Props {
  readonly draft: MeetingDraft;
  readonly onDraft: (draft: MeetingDraft) => void;
  readonly problem: Problem | undefined;
}

/** A whole number field of a fraction. */
function Figure(props: { label: string; value: number; onValue: (value: number) => void }) {
  return (
    <input
      type="number"
      min="1"
      max="1000"
      aria-label={props.label}
      value={props.value}
      onInput={(event) => props.onValue(Math.max(1, Math.trunc(Number(event.currentTarget.value) || 1)))}
    />
  );
}

/** "2 / 3", two whole numbers. */
export function FractionField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly onValue: (numerator: number, denominator: number) => void;
}) {
  const { label, numerator, denominator, onValue } = props;
  return (
    <fieldset class="field fraction">
      <legend>{label}</legend>
      <span class="fraction-both">
        <Figure label={t("fraction.numerator")} value={numerator} onValue={(value) => onValue(value, denominator)} />
        <span aria-hidden="true">{"/"}</span>
        <Figure label={t("fraction.denominator")} value={denominator} onValue={(value) => onValue(numerator, value)} />
      </span>
      {props.hint && <small class="field-hint">{props.hint}</small>}
    </fieldset>
  );
}

/** See the top of this file. */
export function MeetingForm({ draft, onDraft, problem }: Props) {
  return (
    <div class="form">
      <TextField
        label={t("meeting.title")}
        value={draft.title}
        onValue={(title) => onDraft({ ...draft, title })}
        error={fieldText(problem, "title")}
        input={{ maxLength: 300, required: true }}
      />
      <div class="form-row">
        <Field label={t("meeting.kind")}>
          {(control) => (
            <select
              {...control}
              value={draft.kind}
              onChange={(event) => onDraft({ ...draft, kind: event.currentTarget.value })}
            >
              {MEETING_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {word("kind", kind)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <MomentField
          label={t("meeting.starts")}
          value={draft.starts}
          onValue={(starts) => onDraft({ ...draft, starts })}
          error={fieldText(problem, "starts_at")}
        />
        <TextField
          label={t("meeting.room")}
          value={draft.room}
          onValue={(room) => onDraft({ ...draft, room })}
          error={fieldText(problem, "room")}
          input={{ maxLength: 200 }}
        />
      </div>
      <FractionField
        label={t("meeting.quorum")}
        hint={t("meeting.quorum.help")}
        numerator={draft.numerator}
        denominator={draft.denominator}
        onValue={(numerator, denominator) => onDraft({ ...draft, numerator, denominator })}
      />
    </div>
  );
}

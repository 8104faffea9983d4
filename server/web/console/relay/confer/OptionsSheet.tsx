/** The conference's options, each with one line of what it means; while it runs, what a change does. */

import { Button } from "@common/components/Button.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import { MomentField } from "../../parts/MomentField.tsx";
import { toIso, toLocal } from "../../parts/moments.ts";
import { change, detail } from "../calls.ts";
import { Sheet } from "../Sheets.tsx";
import type { Conference, RelayDetail } from "../shapes.ts";
import { removeConference } from "./calls.ts";
import { t } from "./i18n/index.ts";
import { type Draft, draftOf, effects, patchOf, type Recorded, wrong } from "./model.ts";

interface Props {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly reason: string | undefined;
  readonly onClose: () => void;
}

/** See above. */
export function OptionsSheet(props: Props) {
  const loaded = useLoad(() => detail(props.meetingId), [props.meetingId]);
  if (loaded.data === undefined) return loaded.problem ? <ProblemNotice problem={loaded.problem} /> : null;
  return <Options {...props} detail={loaded.data} />;
}

function Options({ meetingId, conference, detail: known, reason, onClose }: Props & { readonly detail: RelayDetail }) {
  const [before] = useState(() => draftOf(conference, known, toLocal(conference.starts_ms)));
  const [draft, setDraft] = useState(before);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const bad = wrong(draft);
  const patch = patchOf(before, draft, toIso);
  const nothing = Object.keys(patch).length === 0 ? t("options.same") : undefined;
  const told = effects(patch, conference.state);
  return (
    <Sheet
      title={t("options.title")}
      reason={reason ?? (bad && t(`options.wrong.${bad}`)) ?? nothing}
      save={() => change(meetingId, patch)}
      onClose={onClose}
      more={<Remove meetingId={meetingId} conference={conference} live={known.live_ms !== null} onClose={onClose} />}
    >
      {told.length > 0 && (
        <div class="rc-effects" role="status">
          <strong>{t("options.now")}</strong>
          <ul>
            {told.map((one) => (
              <li key={one}>{t(`effect.${one}`)}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="rc-columns">
        <About draft={draft} set={set} />
        <Picture draft={draft} set={set} />
        <Kept draft={draft} set={set} />
      </div>
    </Sheet>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}

function About({ draft, set }: PartProps) {
  return (
    <fieldset class="rc-part">
      <legend>{t("options.about")}</legend>
      <TextField
        label={t("form.name")}
        value={draft.name}
        onValue={(name) => set({ name })}
        input={{ maxLength: 300 }}
      />
      <Choice
        label={t("form.organiser")}
        hint={t("options.organiser.help")}
        value={draft.organiser}
        values={[
          ["central", t("organiser.central")],
          ["province", t("organiser.province")],
        ]}
        onValue={(organiser) => set({ organiser })}
      />
      <MomentField
        label={t("options.start")}
        hint={t("options.start.help")}
        value={draft.start}
        onValue={(start) => set({ start })}
      />
      <TextField
        label={t("form.phone")}
        hint={t("form.phone.help")}
        value={draft.phone}
        onValue={(phone) => set({ phone })}
        input={{ type: "tel", maxLength: 40 }}
      />
      <Field label={t("options.plan")} hint={t("options.plan.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            maxLength={4000}
            value={draft.plan}
            onInput={(event) => set({ plan: event.currentTarget.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}

function Picture({ draft, set }: PartProps) {
  return (
    <fieldset class="rc-part">
      <legend>{t("options.picture")}</legend>
      <Choice
        label={t("options.top")}
        hint={t("options.top.help")}
        value={draft.top}
        values={[
          ["1080p", "1080p"],
          ["720p", "720p"],
        ]}
        onValue={(top) => set({ top })}
      />
      <Check label={t("options.low")} hint={t("options.low.help")} value={draft.low} onValue={(low) => set({ low })} />
      <TextField
        label={t("options.hold")}
        hint={t("options.hold.help")}
        value={draft.hold}
        onValue={(hold) => set({ hold })}
        input={{ type: "number", min: "200", max: "10000", step: "100" }}
      />
      <TextField
        label={t("options.stable")}
        hint={t("options.stable.help")}
        value={draft.stable}
        onValue={(stable) => set({ stable })}
        input={{ type: "number", min: "1", max: "120" }}
      />
    </fieldset>
  );
}

function Kept({ draft, set }: PartProps) {
  return (
    <fieldset class="rc-part">
      <legend>{t("options.kept")}</legend>
      <Choice
        label={t("recording.title")}
        hint={t("options.recorded.help")}
        value={draft.recorded}
        values={(["off", "on", "forbidden"] as const).map((one) => [one, t(`options.recorded.${one}`)])}
        onValue={(recorded) => set({ recorded: recorded as Recorded })}
      />
      {draft.recorded === "forbidden" && (
        <TextField
          label={t("options.forbidden")}
          hint={t("options.forbidden.help")}
          value={draft.forbidden}
          onValue={(forbidden) => set({ forbidden })}
          input={{ maxLength: 300 }}
        />
      )}
      <TextField
        label={t("options.budget")}
        hint={t("options.budget.help")}
        value={draft.budget}
        onValue={(budget) => set({ budget })}
        input={{ type: "number", min: "0.1", max: "10000", step: "0.1" }}
      />
      <Check
        label={t("options.agenda")}
        hint={t("options.agenda.help")}
        value={draft.agenda}
        onValue={(agenda) => set({ agenda })}
      />
      <Check
        label={t("options.documents")}
        hint={t("options.documents.help")}
        value={draft.documents}
        onValue={(documents) => set({ documents })}
      />
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly values: readonly (readonly [string, string])[];
  readonly onValue: (value: string) => void;
}

/** One of a few, with what it means. */
export function Choice({ label, hint, value, values, onValue }: ChoiceProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          {values.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps {
  readonly label: string;
  readonly hint: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
}

/** Yes or no, with what it means. */
export function Check({ label, hint, value, onValue }: CheckProps) {
  return (
    <label class="check rc-check">
      <input type="checkbox" checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </label>
  );
}

interface RemoveProps {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly live: boolean;
  readonly onClose: () => void;
}

function Remove({ meetingId, conference, live, onClose }: RemoveProps) {
  const { state } = conference; // it may have gone on air since this sheet was opened
  const wasLive = live || state === "live" || state === "ended";
  const whyNot = wasLive ? t("remove.wasLive") : state === "rehearsal" ? t("remove.running") : undefined;
  const go = () => {
    onClose();
    ask({
      title: t("remove.title"),
      says: [t("remove.says", { name: conference.name, n: conference.sites.length })],
      action: t("remove.go"),
      key: "x",
      danger: true,
      run: () => act(removeConference(meetingId), () => t("remove.done")),
    });
  };
  return (
    <Button kind="quiet" icon="trash" reason={whyNot} onPress={go}>
      {t("remove.go")}
    </Button>
  );
}

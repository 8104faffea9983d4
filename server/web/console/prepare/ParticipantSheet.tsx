/** The form of one participant: somebody of the register or new; part, vote, seat, excuse, presence. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { addParticipant, changeParticipant, type Participant, setPresence } from "../calls/participants.ts";
import { t, word } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import { ROLES } from "../shapes.ts";
import { PersonPicker, type Who } from "./PersonPicker.tsx";

interface Props {
  readonly meetingId: number;
  readonly one: Participant | undefined;
  readonly onClose: () => void;
}

interface Draft {
  readonly role: string;
  readonly entitled: boolean;
  readonly seat: string;
  readonly excused: string;
}

const usuallyVotes = (role: string) => role === "delegate" || role === "chair";

function PartFields(props: { draft: Draft; set: (change: Partial<Draft>) => void; problem: Problem | undefined }) {
  const { draft, set, problem } = props;
  const guest = draft.role === "guest";
  return (
    <>
      <div class="form-row">
        <Field label={t("people.role")}>
          {(control) => (
            <select
              {...control}
              value={draft.role}
              onChange={(event) => {
                const role = event.currentTarget.value;
                set({ role, entitled: usuallyVotes(role) });
              }}
            >
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {word("role", role)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TextField
          label={t("people.seat")}
          value={draft.seat}
          onValue={(seat) => set({ seat })}
          error={fieldText(problem, "seat")}
          input={{ maxLength: 12, placeholder: "B12" }}
        />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.entitled}
          disabled={guest}
          onChange={(event) => set({ entitled: event.currentTarget.checked })}
        />
        {t("people.entitled")}
        {guest && <small>{t("people.guest")}</small>}
      </label>
    </>
  );
}

/** The secretary's override of attendance, with its reason in the journal. */
function Presence({ meetingId, one, onClose }: { meetingId: number; one: Participant; onClose: () => void }) {
  const [why, setWhy] = useState("");
  const reason = why.trim() === "" ? t("people.override.why") : undefined;
  const set = () =>
    act(setPresence(meetingId, one.id, !one.present, why.trim()), () => t("form.saved")).then(
      (done) => done && onClose(),
    );
  return (
    <fieldset class="override">
      <legend>{t("people.override")}</legend>
      <TextField label={t("people.override.reason")} value={why} onValue={setWhy} input={{ maxLength: 300 }} />
      <Button onPress={set} reason={reason}>
        {one.present ? t("people.override.out") : t("people.override.in")}
      </Button>
    </fieldset>
  );
}

/** See the top of this file. */
export function ParticipantSheet({ meetingId, one, onClose }: Props) {
  const [who, setWho] = useState<Who | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [draft, setDraft] = useState<Draft>({
    role: one?.role ?? "delegate",
    entitled: one?.entitled ?? true,
    seat: one?.seat ?? "",
    excused: one?.excused_reason ?? "",
  });
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const reason = one || who ? undefined : t("people.whoFirst");
  const part = { role: draft.role, entitled: draft.entitled, seat: draft.seat.trim().toUpperCase() || null };
  const save = async () => {
    try {
      if (one) await changeParticipant(meetingId, one.id, { ...part, excused_reason: draft.excused.trim() || null });
      else if (who) await addParticipant(meetingId, { ...who, ...part });
      toast("good", () => t("form.saved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      title={one?.name ?? t("people.add")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={reason} onPress={save}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {one === undefined && <PersonPicker meetingId={meetingId} who={who} onWho={setWho} />}
      <PartFields draft={draft} set={set} problem={problem} />
      {one && (
        <TextField
          label={t("people.excused")}
          hint={t("people.excused.help")}
          value={draft.excused}
          onValue={(excused) => set({ excused })}
          input={{ maxLength: 300 }}
        />
      )}
      {one && <Presence meetingId={meetingId} one={one} onClose={onClose} />}
    </Dialog>
  );
}

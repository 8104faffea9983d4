/** One person on the list: particulars, who put him forward, and the figures of a nomination from the floor. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { CandidateIn } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { participants } from "../calls/participants.ts";
import { fold } from "../parts/fold.ts";
import { addCandidate, changeCandidate } from "./calls.ts";
import { t, word } from "./i18n/index.ts";
import type { Candidate, Vote } from "./shapes.ts";

const SOURCES = ["convener", "floor", "self"] as const;

interface Draft {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly birth: string;
  readonly detail: string;
  readonly participant: string;
  readonly source: (typeof SOURCES)[number];
  readonly nominators: string;
  readonly votes: string;
  readonly attending: string;
  readonly leftOut: string;
}

function draftOf(one: Candidate | undefined): Draft {
  return {
    name: one?.name ?? "",
    title: one?.title ?? "",
    unit: one?.unit ?? "",
    birth: one?.birth ?? "",
    detail: one?.detail ?? "",
    participant: one?.participant_id ? String(one.participant_id) : "",
    source: SOURCES.find((source) => source === one?.source) ?? "convener",
    nominators: one?.nominators.join(", ") ?? "",
    votes: one?.nomination_votes === null || one === undefined ? "" : String(one.nomination_votes),
    attending: one?.nomination_attending === null || one === undefined ? "" : String(one.nomination_attending),
    leftOut: one?.standing === "left_out" ? one.reason : "",
  };
}

const figure = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : null);

function bodyOf(draft: Draft, confidence: boolean): CandidateIn {
  const floor = draft.source === "floor";
  return {
    name: draft.name.trim(),
    title: draft.title.trim(),
    unit: draft.unit.trim(),
    birth: draft.birth.trim(),
    detail: draft.detail.trim(),
    participant_id: figure(draft.participant),
    source: draft.source,
    nominators: floor ? draft.nominators.split(/[,;]/).flatMap((name) => name.trim() || []) : [],
    nomination_votes: floor ? figure(draft.votes) : null,
    nomination_attending: floor ? figure(draft.attending) : null,
    ...(confidence ? { left_out: draft.leftOut.trim() || null } : {}),
  };
}

interface Props {
  readonly meetingId: number;
  readonly vote: Vote;
  readonly one: Candidate | undefined;
  readonly onClose: () => void;
}

interface PartProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}

function Nomination({ draft, set, vote }: PartProps & { readonly vote: Vote }) {
  const percent = vote.rule.floor_nominee_percent;
  return (
    <>
      <Field label={t("candidate.source")}>
        {(control) => (
          <select
            {...control}
            value={draft.source}
            onChange={(event) => set({ source: event.currentTarget.value as Draft["source"] })}
          >
            {SOURCES.map((source) => (
              <option key={source} value={source}>
                {word("source", source)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.source === "floor" && (
        <div class="form-row">
          <TextField
            label={t("candidate.nominators")}
            hint={t("candidate.nominators.help")}
            value={draft.nominators}
            onValue={(nominators) => set({ nominators })}
          />
          <TextField
            label={t("candidate.votes")}
            {...(percent === null
              ? {}
              : { hint: t("candidate.votes.help", { percent, citation: vote.rule.floor_article }) })}
            value={draft.votes}
            onValue={(votes) => set({ votes })}
            input={{ inputMode: "numeric", maxLength: 5 }}
          />
          <TextField
            label={t("candidate.attending")}
            value={draft.attending}
            onValue={(attending) => set({ attending })}
            input={{ inputMode: "numeric", maxLength: 5 }}
          />
        </div>
      )}
    </>
  );
}

/** See the top of this file. */
export function CandidateSheet({ meetingId, vote, one, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(draftOf(one));
  const [problem, setProblem] = useState<Problem>();
  const people = useLoad(() => participants(meetingId), [meetingId]).data?.participants ?? [];
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const confidence = vote.kind === "confidence";
  const same = people.filter(
    (person) => fold(person.name) === fold(draft.name) || String(person.id) === draft.participant,
  );
  const reason = draft.name.trim() === "" ? t("candidate.name.empty") : undefined;
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (reason !== undefined) return;
    const body = bodyOf(draft, confidence);
    try {
      await (one ? changeCandidate(meetingId, vote.id, one.id, body) : addCandidate(meetingId, vote.id, body));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog wide title={one ? one.name : t("candidate.add")} onClose={onClose}>
      <form onSubmit={save}>
        {problem && <ProblemNotice problem={problem} />}
        <div class="form-row">
          <TextField
            label={t("candidate.name")}
            value={draft.name}
            onValue={(name) => set({ name })}
            error={fieldText(problem, "name")}
            input={{ maxLength: 120, autofocus: true }}
          />
          <TextField
            label={t("candidate.birth")}
            value={draft.birth}
            onValue={(birth) => set({ birth })}
            input={{ maxLength: 40 }}
          />
        </div>
        <div class="form-row">
          <TextField
            label={t("candidate.title")}
            value={draft.title}
            onValue={(title) => set({ title })}
            input={{ maxLength: 200 }}
          />
          <TextField
            label={t("candidate.unit")}
            value={draft.unit}
            onValue={(unit) => set({ unit })}
            input={{ maxLength: 200 }}
          />
        </div>
        <TextField
          label={t("candidate.detail")}
          value={draft.detail}
          onValue={(detail) => set({ detail })}
          input={{ maxLength: 300 }}
        />
        {same.length > 0 && (
          <Field label={t("candidate.participant")} hint={t("candidate.participant.help")}>
            {(control) => (
              <select
                {...control}
                value={draft.participant}
                onChange={(event) => set({ participant: event.currentTarget.value })}
              >
                <option value="">{t("candidate.participant.none")}</option>
                {same.map((person) => (
                  <option key={person.id} value={person.id}>
                    {[person.name, person.title, person.unit].filter(Boolean).join(" · ")}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {!confidence && <Nomination draft={draft} set={set} vote={vote} />}
        {confidence && (
          <TextField
            label={t("candidate.leftOut")}
            hint={t("candidate.leftOut.help")}
            value={draft.leftOut}
            onValue={(leftOut) => set({ leftOut })}
            input={{ maxLength: 300 }}
          />
        )}
        <div class="dialog-actions">
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" kind="primary" reason={reason}>
            {t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The form of one vote on paper: what is elected, the form of the ballot, its rule with the citation, seats. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { PaperVoteIn, RuleSetView } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { useMeeting } from "../live.ts";
import { changeVote, createVote, rules } from "./calls.ts";
import { language, t, word } from "./i18n/index.ts";
import { KINDS, type Kind, type Vote } from "./shapes.ts";

interface Props {
  readonly meetingId: number;
  readonly vote: Vote | undefined;
  /** With the id of what was made or changed; undefined: never mind. */
  readonly onClose: (id: number | undefined) => void;
}

const subjectOf = (kind: Kind) => (kind === "confidence" ? "confidence" : "election");

/** Rules for this kind of ballot, on paper. */
function fitting(all: readonly RuleSetView[], kind: Kind): readonly RuleSetView[] {
  return all.filter((one) => one.subject === subjectOf(kind) && one.forms.includes("paper_secret"));
}

function whyNot(draft: PaperVoteIn, seats: string): string | undefined {
  if (draft.title.trim() === "") return t("form.title.empty");
  if (draft.rule === "") return t("form.rule.empty");
  if (draft.kind === "confidence") return undefined;
  return /^\d{1,3}$/.test(seats) && Number(seats) > 0 ? undefined : t("form.seats.empty");
}

function RuleWords({ rule }: { readonly rule: RuleSetView }) {
  const remarks = language.value === "en" ? rule.remarks_en : rule.remarks;
  return (
    <div class="pv-rule-words">
      <strong>{rule.citation}</strong>
      {rule.note && <p>{rule.note}</p>}
      {remarks.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </div>
  );
}

function draftOf(vote: Vote | undefined): PaperVoteIn {
  return {
    title: vote?.title ?? "",
    kind: (vote?.kind as Kind | undefined) ?? "election_surplus",
    rule: vote?.rule.code ?? "",
    agenda_item_id: vote?.agenda_item_id ?? null,
  };
}

/** See the top of this file. */
export function VoteSheet({ meetingId, vote, onClose }: Props) {
  const items = useMeeting(meetingId, "agenda")?.items ?? [];
  const loaded = useLoad(() => rules(meetingId), [meetingId]);
  const all = loaded.data?.rules ?? [];
  const [draft, setDraft] = useState<PaperVoteIn>(draftOf(vote));
  const [seats, setSeats] = useState(vote && vote.seats > 0 ? String(vote.seats) : "");
  const [problem, setProblem] = useState<Problem>();
  const set = (change: Partial<PaperVoteIn>) => setDraft({ ...draft, ...change });
  const choices = fitting(all, draft.kind);
  const rule = choices.find((one) => one.code === draft.rule) ?? choices[0];
  const whole = { ...draft, rule: rule?.code ?? "" };
  const reason = loaded.data === undefined ? t("page.loading") : whyNot(whole, seats);
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (reason !== undefined) return;
    const body = { ...whole, title: draft.title.trim(), seats: draft.kind === "confidence" ? 0 : Number(seats) };
    try {
      if (vote) await changeVote(meetingId, vote.id, body);
      onClose(vote ? vote.id : (await createVote(meetingId, body)).id);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog wide title={vote ? t("vote.edit") : t("vote.add")} onClose={() => onClose(undefined)}>
      <form onSubmit={save}>
        {problem && <ProblemNotice problem={problem} />}
        {loaded.problem && <ProblemNotice problem={loaded.problem} />}
        <TextField
          label={t("form.title")}
          hint={t("form.title.help")}
          value={draft.title}
          onValue={(title) => set({ title })}
          error={fieldText(problem, "title")}
          input={{ maxLength: 300, autofocus: true }}
        />
        <fieldset class="field pv-kinds">
          <legend>{t("form.kind")}</legend>
          {KINDS.map((kind) => (
            <label key={kind} class="check">
              <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => set({ kind })} />
              <span>
                {word("kind", kind)} <small>{word("kind.help", kind)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="form-row">
          <Field label={t("form.rule")}>
            {(control) => (
              <select {...control} value={whole.rule} onChange={(event) => set({ rule: event.currentTarget.value })}>
                {choices.map((one) => (
                  <option key={one.code} value={one.code}>
                    {language.value === "en" ? one.name_en : one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {draft.kind !== "confidence" && (
            <TextField
              label={t("form.seats")}
              value={seats}
              onValue={setSeats}
              error={fieldText(problem, "seats")}
              input={{ inputMode: "numeric", maxLength: 3 }}
            />
          )}
          <Field label={t("form.item")}>
            {(control) => (
              <select
                {...control}
                value={draft.agenda_item_id ?? ""}
                onChange={(event) => set({ agenda_item_id: Number(event.currentTarget.value) || null })}
              >
                <option value="">{t("form.item.none")}</option>
                {items.map((item) => (
                  <option key={item.id} value={item.id}>
                    {`${item.number} ${item.title}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {rule && <RuleWords rule={rule} />}
        <div class="dialog-actions">
          <Button onPress={() => onClose(undefined)}>{t("action.cancel")}</Button>
          <Button type="submit" kind="primary" reason={reason}>
            {t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

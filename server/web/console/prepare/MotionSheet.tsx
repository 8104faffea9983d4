/** The form of one vote. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useEffect, useState } from "preact/hooks";
import { addPoll, changePoll } from "../calls/room.ts";
import { meetingRules, pollDetails } from "../calls/votes.ts";
import { t } from "../i18n/index.ts";
import type { Item, Poll } from "../shapes.ts";
import { BallotFields } from "./motion/BallotFields.tsx";
import { type Draft, draftOf, EMPTY, follow, pollBody, whyNotSave } from "./motion/draft.ts";
import { Exclusions } from "./motion/Exclusions.tsx";
import { FigureFields } from "./motion/FigureFields.tsx";
import { RuleChoice } from "./motion/RuleChoice.tsx";

interface Props {
  readonly meetingId: number;
  readonly poll: Poll | undefined;
  readonly items: readonly Item[];
  readonly onClose: () => void;
}

interface WhatProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly items: readonly Item[];
  readonly problem: Problem | undefined;
}

/** What is put to the vote. */
function What({ draft, set, items, problem }: WhatProps) {
  return (
    <>
      <div class="title-row">
        <TextField
          label={t("motions.title")}
          value={draft.title}
          onValue={(title) => set({ title })}
          error={fieldText(problem, "title")}
          input={{ maxLength: 300, autofocus: true }}
        />
        <Field label={t("motions.item")}>
          {(control) => (
            <select
              {...control}
              value={draft.item ?? ""}
              onChange={(event) => set({ item: Number(event.currentTarget.value) || null })}
            >
              <option value="">{t("motions.item.none")}</option>
              {items.map((item) => (
                <option key={item.id} value={item.id}>
                  {`${item.number} ${item.title}`}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field label={t("motions.motion")} hint={t("motions.motion.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={1000}
            value={draft.motion}
            onInput={(event) => set({ motion: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

/** The stored draft comes once; nothing is written over what the secretary has typed. */
function useDraft(meetingId: number, poll: Poll | undefined) {
  const [draft, setDraft] = useState<Draft | undefined>(poll ? undefined : EMPTY);
  const stored = useLoad(() => (poll ? pollDetails(meetingId, poll.id) : Promise.resolve(undefined)), [poll?.id]);
  useEffect(() => {
    if (stored.data) setDraft(draftOf(stored.data));
  }, [stored.data]);
  return { draft, setDraft, problem: stored.problem };
}

/** See the top of this file. */
export function MotionSheet({ meetingId, poll, items, onClose }: Props) {
  const { draft, setDraft, problem: unread } = useDraft(meetingId, poll);
  const rules = useLoad(() => meetingRules(meetingId), [meetingId]);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const rule = rules.data?.rules.find((one) => one.code === draft?.rule);
  const set = (change: Partial<Draft>) => draft && setDraft({ ...draft, ...change });
  const save = async () => {
    if (draft === undefined || rule === undefined) return;
    try {
      const body = pollBody(draft, rule);
      await (poll ? changePoll(meetingId, poll.id, body) : addPoll(meetingId, body));
      toast("good", () => t("form.saved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const shown = problem ?? unread ?? rules.problem;
  return (
    <Dialog
      wide
      title={poll ? t("motions.edit") : t("motions.add")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={draft ? whyNotSave(draft, rule) : t("app.loading")} onPress={save}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      {shown && <ProblemNotice problem={shown} />}
      {draft && <What draft={draft} set={set} items={items} problem={problem} />}
      {draft && rules.data && (
        <RuleChoice rules={rules.data.rules} value={draft.rule} onRule={(next) => setDraft(follow(draft, next))} />
      )}
      {draft && rule?.forms.includes("open") && (
        <>
          <BallotFields draft={draft} rule={rule} set={set} problem={problem} />
          <FigureFields draft={draft} rule={rule} set={set} problem={problem} />
          <Exclusions meetingId={meetingId} draft={draft} rule={rule} set={set} problem={problem} />
        </>
      )}
    </Dialog>
  );
}

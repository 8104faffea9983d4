/** The form of one vote. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { addPoll, changePoll, type PollIn } from "../calls/room.ts";
import { t, word } from "../i18n/index.ts";
import { FractionField } from "../parts/MeetingForm.tsx";
import { ruleText } from "../run/polls.ts";
import type { Item, Poll } from "../shapes.ts";

const BASES = ["convened", "entitled", "present", "cast"] as const;

function draftOf(poll: Poll | undefined): PollIn {
  return {
    title: poll?.title ?? "",
    motion: poll?.motion ?? "",
    agenda_item_id: poll?.agenda_item_id ?? null,
    base: poll?.rule.base ?? "entitled",
    numerator: poll?.rule.numerator ?? 1,
    denominator: poll?.rule.denominator ?? 2,
    strict: poll?.rule.strict ?? true,
    changeable: poll?.changeable ?? false,
  };
}

interface Props {
  readonly meetingId: number;
  readonly poll: Poll | undefined;
  readonly items: readonly Item[];
  readonly onClose: () => void;
}

interface RuleProps {
  readonly draft: PollIn;
  readonly set: (change: Partial<PollIn>) => void;
}

function RuleFields({ draft, set }: RuleProps) {
  const { base, numerator, denominator, strict } = draft;
  const words = ruleText({ base, numerator, denominator, strict, base_count: null, needed: null, quorum_needed: 0 });
  return (
    <>
      <div class="form-row">
        <Field label={t("motions.base")}>
          {(control) => (
            <select {...control} value={base} onChange={(event) => set({ base: event.currentTarget.value })}>
              {BASES.map((one) => (
                <option key={one} value={one}>
                  {word("base", one)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("motions.compare")}>
          {(control) => (
            <select
              {...control}
              value={strict ? "more" : "least"}
              onChange={(event) => set({ strict: event.currentTarget.value === "more" })}
            >
              <option value="more">{t("motions.more")}</option>
              <option value="least">{t("motions.least")}</option>
            </select>
          )}
        </Field>
        <FractionField
          label={t("motions.threshold")}
          numerator={numerator}
          denominator={denominator}
          onValue={(up, down) => set({ numerator: up, denominator: down })}
        />
      </div>
      <p class="rule-words">{words}</p>
    </>
  );
}

/** See the top of this file. */
export function MotionSheet({ meetingId, poll, items, onClose }: Props) {
  const [draft, setDraft] = useState<PollIn>(draftOf(poll));
  const [seconds, setSeconds] = useState("");
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const set = (change: Partial<PollIn>) => setDraft({ ...draft, ...change });
  const reason = draft.title.trim() === "" ? `${t("motions.title")}: ${t("form.required")}` : fractionReason(draft);
  const save = async () => {
    const body = { ...draft, ...(seconds ? { seconds: Number(seconds) } : {}) };
    try {
      await (poll ? changePoll(meetingId, poll.id, body) : addPoll(meetingId, body));
      toast("good", () => t("form.saved"));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      wide
      title={poll ? t("motions.edit") : t("motions.add")}
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
      <TextField
        label={t("motions.title")}
        value={draft.title}
        onValue={(title) => set({ title })}
        error={fieldText(problem, "title")}
        input={{ maxLength: 300, autofocus: true }}
      />
      <Field label={t("motions.motion")} hint={t("motions.motion.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={1000}
            value={draft.motion}
            onInput={(event) => set({ motion: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t("motions.item")}>
        {(control) => (
          <select
            {...control}
            value={draft.agenda_item_id ?? ""}
            onChange={(event) => set({ agenda_item_id: Number(event.currentTarget.value) || null })}
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
      <RuleFields draft={draft} set={set} />
      <div class="form-row">
        <label class="check">
          <input
            type="checkbox"
            checked={draft.changeable}
            onChange={(event) => set({ changeable: event.currentTarget.checked })}
          />
          {t("motion.changeable")}
        </label>
        <TextField
          label={t("motions.seconds")}
          hint={t("motions.seconds.help")}
          value={seconds}
          onValue={setSeconds}
          error={fieldText(problem, "seconds")}
          input={{ type: "number", min: "10", max: "3600" }}
        />
      </div>
    </Dialog>
  );
}

function fractionReason(draft: PollIn): string | undefined {
  return draft.numerator > draft.denominator ? t("motions.tooMuch") : undefined;
}

/** A new meeting: unit, kind, time, room. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { createMeeting } from "../calls/meetings.ts";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";
import { type MeetingDraft, MeetingForm, meetingBody } from "../parts/MeetingForm.tsx";
import { toLocal } from "../parts/moments.ts";
import { UnitSelect } from "../parts/UnitSelect.tsx";
import { go, href } from "../router.ts";

const DAY_MS = 24 * 3_600_000;

/** Tomorrow at eight. */
const usualStart = () => `${toLocal(live.now() + DAY_MS).slice(0, 10)}T08:00`;

/** See the top of this file. */
export function NewMeeting() {
  const [unit, setUnit] = useState<number | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [draft, setDraft] = useState<MeetingDraft>({
    title: "",
    kind: "conference",
    room: "",
    starts: usualStart(),
    numerator: 2,
    denominator: 3,
  });
  const untitled = draft.title.trim() === "" ? `${t("meeting.title")}: ${t("form.required")}` : undefined;
  const undated = draft.starts === "" ? `${t("meeting.starts")}: ${t("form.required")}` : undefined;
  const reason = unit === undefined ? t("app.loading") : (untitled ?? undated);
  const submit = async () => {
    if (unit === undefined) return;
    try {
      const { id } = await createMeeting(unit, meetingBody(draft));
      go({ page: "prepare", meetingId: id, tab: "agenda" });
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <div class="page page-narrow">
      <header class="page-head">
        <h1>{t("meeting.create.title")}</h1>
      </header>
      <p class="help">{t("meeting.create.help")}</p>
      {problem && <ProblemNotice problem={problem} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === undefined) void submit();
        }}
      >
        <UnitSelect label={t("meeting.unit")} value={unit} onValue={setUnit} />
        <MeetingForm draft={draft} onDraft={setDraft} problem={problem} />
        <div class="form-buttons">
          <Button kind="primary" type="submit" reason={reason}>
            {t("meeting.create")}
          </Button>
          <a class="button" href={href({ page: "start" })}>
            {t("action.cancel")}
          </a>
        </div>
      </form>
    </div>
  );
}

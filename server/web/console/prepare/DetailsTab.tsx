/** Particulars of the meeting; changeable until it has begun. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useEffect, useState } from "preact/hooks";
import { changeMeeting, meetingDetails } from "../calls/meetings.ts";
import { t } from "../i18n/index.ts";
import { type MeetingDraft, MeetingForm, meetingBody } from "../parts/MeetingForm.tsx";
import { toLocal } from "../parts/moments.ts";
import type { MeetingDetails } from "../shapes.ts";
import { Calendar } from "./Calendar.tsx";
import type { TabProps } from "./Prepare.tsx";

function draftOf(found: MeetingDetails): MeetingDraft {
  return {
    title: found.title,
    kind: found.kind,
    room: found.room,
    starts: toLocal(found.starts_ms),
    numerator: found.quorum_numerator,
    denominator: found.quorum_denominator,
  };
}

function Join({ found }: { readonly found: MeetingDetails }) {
  return (
    <dl class="facts">
      <dt>{t("details.unit")}</dt>
      <dd>{found.unit}</dd>
      <dt>{t("details.join")}</dt>
      <dd>
        <span class="mono">{found.join_url}</span>
        <small>{t("details.join.help")}</small>
      </dd>
    </dl>
  );
}

/** See the top of this file. */
export function DetailsTab({ meetingId, header, reason }: TabProps) {
  const { data, problem: unread, reload } = useLoad(() => meetingDetails(meetingId), [meetingId]);
  const [draft, setDraft] = useState<MeetingDraft | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => setDraft(data && draftOf(data)), [data]);
  if (unread) return <ProblemNotice problem={unread} />;
  if (data === undefined || draft === undefined) return <p class="empty">{t("app.loading")}</p>;
  const begun = header !== undefined && !["draft", "convened"].includes(header.state);
  const undated = draft.starts === "" ? `${t("meeting.starts")}: ${t("form.required")}` : undefined;
  const blocked = reason ?? (begun ? t("details.begun") : undated);
  const save = async () => {
    try {
      await changeMeeting(meetingId, meetingBody(draft));
      setProblem(undefined);
      toast("good", () => t("form.saved"));
      reload();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <form
      class="details"
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) void save();
      }}
    >
      {problem && <ProblemNotice problem={problem} />}
      <MeetingForm draft={draft} onDraft={setDraft} problem={problem} />
      <Button kind="primary" type="submit" reason={blocked}>
        {t("form.save")}
      </Button>
      <Join found={data} />
      <Calendar meetingId={meetingId} />
    </form>
  );
}

/** The meetings I may see, and the way to a new one. */

import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { myMeetings } from "../calls/meetings.ts";
import { formatLongDate, formatTime, t, word } from "../i18n/index.ts";
import { href } from "../router.ts";
import { holds } from "../session.ts";
import type { MeetingRow } from "../shapes.ts";

function Row({ meeting }: { readonly meeting: MeetingRow }) {
  const early = meeting.state === "draft";
  const run = { page: "run", meetingId: meeting.id } as const;
  const prepare = { page: "prepare", meetingId: meeting.id, tab: "agenda" } as const;
  const runs = meeting.can_manage && meeting.state !== "closed" ? t("start.open.run") : t("start.open.watch");
  return (
    <li class="meeting">
      <div class="meeting-when">
        <strong>{formatTime(meeting.starts_ms)}</strong>
        <small>{formatLongDate(meeting.starts_ms)}</small>
      </div>
      <div class="meeting-what">
        <h3>
          <a href={href(early && meeting.can_manage ? prepare : run)}>{meeting.title}</a>
        </h3>
        <small>{[word("kind", meeting.kind), meeting.unit, meeting.room].filter(Boolean).join(" · ")}</small>
      </div>
      <span class={`chip chip-${meeting.state}`}>{word("state", meeting.state)}</span>
      <span class="meeting-go">
        {meeting.can_manage && <a href={href(prepare)}>{t("start.open.prepare")}</a>}
        <a href={href(run)}>{runs}</a>
      </span>
    </li>
  );
}

function Group({ title, meetings }: { readonly title: string; readonly meetings: readonly MeetingRow[] }) {
  if (meetings.length === 0) return null;
  return (
    <section>
      <h2 class="section-title">{title}</h2>
      <ul class="meetings">
        {meetings.map((meeting) => (
          <Row key={meeting.id} meeting={meeting} />
        ))}
      </ul>
    </section>
  );
}

/** Soonest first among those to come. */
const soonest = (a: MeetingRow, b: MeetingRow) => a.starts_ms - b.starts_ms;

/** See the top of this file. */
export function Start() {
  const { data, problem } = useLoad(myMeetings, []);
  const meetings = data?.meetings ?? [];
  const mayCreate = holds("secretary");
  return (
    <div class="page">
      <header class="page-head">
        <h1>{t("start.title")}</h1>
        {mayCreate ? (
          <a class="button button-primary" href={href({ page: "new-meeting" })}>
            {t("start.new")}
          </a>
        ) : (
          <small>{t("start.notSecretary")}</small>
        )}
      </header>
      {problem && <ProblemNotice problem={problem} />}
      {data && meetings.length === 0 && <p class="empty">{t(mayCreate ? "start.none" : "start.none.other")}</p>}
      <Group title={t("start.today")} meetings={meetings.filter((one) => one.state !== "closed").sort(soonest)} />
      <Group title={t("start.past")} meetings={meetings.filter((one) => one.state === "closed")} />
    </div>
  );
}

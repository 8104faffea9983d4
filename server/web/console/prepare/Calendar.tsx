/** Days to keep after the meeting, and a file of them for any calendar program. */

import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { calendarFile, calendarOf } from "../calls/meetings.ts";
import { formatDate, t } from "../i18n/index.ts";
import { toIso } from "../parts/moments.ts";

/** See the top of this file. */
export function Calendar({ meetingId }: { readonly meetingId: number }) {
  const { data, problem } = useLoad(() => calendarOf(meetingId), [meetingId]);
  if (problem) return <ProblemNotice problem={problem} />;
  const entries = data?.entries ?? [];
  return (
    <section class="calendar">
      <h2 class="section-title">{t("calendar.title")}</h2>
      <p class="help">{entries.length > 0 ? t("calendar.help") : t("calendar.none")}</p>
      <ul class="calendar-list">
        {entries.map((one) => (
          <li key={one.id} class={one.called_off ? "calendar-off" : ""}>
            <time class="tabular" dateTime={one.day}>
              {formatDate(toIso(`${one.day}T00:00`))}
            </time>
            <span>
              {one.title}
              <small>{[one.note, one.called_off ? t("calendar.off") : ""].filter(Boolean).join(" · ")}</small>
            </span>
          </li>
        ))}
      </ul>
      {entries.length > 0 && (
        <div>
          <a class="button" href={calendarFile(meetingId)} download>
            {t("calendar.file")}
          </a>
        </div>
      )}
    </section>
  );
}

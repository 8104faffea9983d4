/** Who is ready, who has not voted yet. Never what anybody chose; for unnamed votes nothing before the close. */

import { Notice, ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { type TurnoutRow, turnout } from "../../calls/votes.ts";
import { t } from "../../i18n/index.ts";
import type { PartProps } from "./PollSheet.tsx";
import { counted, waitedForFirst } from "./turnout.ts";

function Line({ row, known }: { readonly row: TurnoutRow; readonly known: boolean }) {
  return (
    <tr class={known && row.voted ? "turnout-done" : ""}>
      <td>{row.seat ?? "–"}</td>
      <th scope="row">
        {row.name}
        <small class="turnout-unit">{row.unit}</small>
      </th>
      <td>{row.present ? `✓ ${t("turnout.in")}` : `– ${t("turnout.out")}`}</td>
      <td>{row.online ? `✓ ${t("turnout.on")}` : `! ${t("turnout.off")}`}</td>
      {known && <td>{row.voted ? `✓ ${t("turnout.yes")}` : t("turnout.no")}</td>}
    </tr>
  );
}

/** See the top of this file. */
export function Turnout(props: PartProps) {
  const { poll } = props;
  return poll.state === "open" && !poll.named ? <Notice>{t("turnout.hidden")}</Notice> : <List {...props} />;
}

function List({ cockpit, poll }: PartProps) {
  const { data, problem } = useLoad(
    () => turnout(cockpit.id, poll.id),
    [poll.id, poll.state, poll.cast, poll.entitled_present, cockpit.screens?.seats],
  );
  const known = poll.state !== "draft";
  if (problem) return <ProblemNotice problem={problem} />;
  if (data === undefined) return <p class="empty">{t("app.loading")}</p>;
  const { of, ready, voted, waitedFor } = counted(data.rows);
  return (
    <>
      <p class="turnout-count" role="status">
        <strong>{t("turnout.ready", { ready, of })}</strong>
        {known && <span>{t("turnout.voted", { voted, of })}</span>}
        {known && poll.state === "open" && <span>{t("turnout.waited", { n: waitedFor })}</span>}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="turnout-list" role="region" aria-label={t("turnout.list")} tabIndex={0}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("people.seat")}</th>
              <th scope="col">{t("people.name")}</th>
              <th scope="col">{t("turnout.room")}</th>
              <th scope="col">{t("turnout.line")}</th>
              {known && <th scope="col">{t("turnout.ballot")}</th>}
            </tr>
          </thead>
          <tbody>
            {waitedForFirst(data.rows, known).map((row) => (
              <Line key={row.participant_id} row={row} known={known} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The three stations: how many ballots each has entered, never which; and freeing one whose laptop died. */

import { Button } from "@common/components/Button.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import type { StationView } from "@common/types.gen.ts";
import { freeStation, logPdf } from "./calls.ts";
import { formatClock, t } from "./i18n/index.ts";
import { askReason } from "./ReasonSheet.tsx";
import type { Section } from "./shapes.ts";

function stateText(one: StationView): string {
  if (one.state === "free") return t("station.free");
  const holder = one.holder ?? "";
  if (one.state === "committed") return t("station.committed", { holder, time: formatClock(one.committed_ms ?? 0) });
  return t("station.held", { holder, time: formatClock(one.held_since_ms ?? 0) });
}

function askFree({ meetingId, vote, reload }: Section, one: StationView): void {
  const reopen = one.state === "committed";
  const says = reopen ? (vote.state === "compared" ? t("reopen.anew") : t("reopen.says")) : t("release.says");
  askReason({
    title: t(reopen ? "reopen.title" : "release.title", { n: one.number }),
    says,
    action: t(reopen ? "reopen.do" : "release.do"),
    run: (reason) => freeStation(meetingId, vote.id, one.number, reopen ? "reopen" : "release", reason).then(reload),
  });
}

/** See the top of this file. */
export function CountCard(section: Section) {
  const { meetingId, vote } = section;
  const issued = vote.issued ?? 0;
  const counting = ["issued", "counting", "compared"].includes(vote.state);
  return (
    <section class="pv-card" aria-label={t("count.title")}>
      <h3>{t("count.title")}</h3>
      <p class="help">{counting ? t("count.help") : t("count.over")}</p>
      <ul class="pv-stations">
        {vote.stations.map((one) => (
          <li key={one.number}>
            <ProgressBar label={t("station.name", { n: one.number })} done={one.entered ?? 0} of={issued} />
            <small>{stateText(one)}</small>
            <span class="buttons">
              {counting && (
                <Button
                  kind="quiet"
                  reason={section.reason ?? (one.state === "free" ? t("station.free") : undefined)}
                  reasonHidden
                  onPress={() => askFree(section, one)}
                >
                  {one.state === "committed" ? t("reopen.do") : t("release.do")}
                </Button>
              )}
              {["compared", "closed", "published"].includes(vote.state) && (
                <a
                  class="button button-quiet"
                  href={logPdf(meetingId, vote.id, one.number)}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t("count.log")}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      {vote.differences !== null && (
        <p class={vote.open_differences ? "pv-bad" : "pv-good"} role="status">
          {vote.differences === 0
            ? t("count.same")
            : t("count.differences", { n: vote.differences, open: vote.open_differences ?? 0 })}
        </p>
      )}
    </section>
  );
}

/** The seat plan and the figures. */

import { Icon } from "@common/components/Icon.tsx";
import { SeatPlan } from "@common/components/SeatPlan.tsx";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";
import { planOf } from "./plan.ts";

/** See above. */
export function AttendanceScene() {
  const attendance = useWall("attendance");
  const seats = useWall("seats");
  return (
    <section class="here-scene">
      {seats && seats.seats.length > 0 && <SeatPlan seats={planOf(seats)} legend />}
      {attendance && (
        <div class="here-figures">
          <p class="gold">{t("here.title")}</p>
          <p>
            <strong class="figure">{`${attendance.present}/${attendance.convened}`}</strong>
            <span>{t("here.present")}</span>
          </p>
          <ul>
            {attendance.excused > 0 && <li>{t("here.excused", { n: attendance.excused })}</li>}
            {attendance.guests_present > 0 && <li>{t("here.guests", { n: attendance.guests_present })}</li>}
          </ul>
          <p class={attendance.quorum_met ? "here-quorum here-met" : "here-quorum here-not"}>
            <Icon name={attendance.quorum_met ? "check" : "warning"} />
            <span>
              {attendance.quorum_met
                ? t("here.quorum", { n: attendance.quorum_needed })
                : t("here.no-quorum", { n: attendance.quorum_needed })}
            </span>
          </p>
        </div>
      )}
    </section>
  );
}

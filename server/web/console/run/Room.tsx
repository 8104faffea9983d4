/** Right: the people, who asks to speak, what the wall shows, what is connected. */

import { formatClock, t } from "../i18n/index.ts";
import type { Attendance } from "../shapes.ts";
import { Floor } from "./Floor.tsx";
import type { Cockpit } from "./model.ts";
import { ScreensPanel } from "./ScreensPanel.tsx";
import { WallPanel } from "./WallPanel.tsx";

/** The share present as a ring, with a mark where the quorum lies. Decoration: the words beside it say the same. */
function Ring({ attendance }: { readonly attendance: Attendance }) {
  const of = Math.max(1, attendance.convened);
  const round = 2 * Math.PI * 20;
  const share = Math.min(1, attendance.present / of);
  return (
    <svg viewBox="0 0 48 48" class={attendance.quorum_met ? "ring ring-met" : "ring"} aria-hidden="true">
      <circle cx="24" cy="24" r="20" class="ring-ground" />
      <circle
        cx="24"
        cy="24"
        r="20"
        class="ring-share"
        stroke-dasharray={`${share * round} ${round}`}
        transform="rotate(-90 24 24)"
      />
      <line
        x1="24"
        y1="0"
        x2="24"
        y2="9"
        class="ring-mark"
        transform={`rotate(${(attendance.quorum_needed / of) * 360} 24 24)`}
      />
    </svg>
  );
}

function quorumText(attendance: Attendance): string {
  if (attendance.convened === 0) return t("room.nobody");
  const { quorum_met, quorum_needed, present } = attendance;
  return quorum_met
    ? t("room.quorum.met", { needed: quorum_needed })
    : t("room.quorum.not", { needed: quorum_needed, missing: Math.max(0, quorum_needed - present) });
}

function People({ attendance }: { readonly attendance: Attendance }) {
  const met = attendance.quorum_met && attendance.convened > 0;
  const rest = [
    t("room.entitled", { present: attendance.entitled_present, entitled: attendance.entitled }),
    attendance.excused > 0 ? t("room.excused", { n: attendance.excused }) : "",
    attendance.guests_present > 0 ? t("room.guests", { n: attendance.guests_present }) : "",
  ];
  return (
    <div class="people" role="status">
      <Ring attendance={attendance} />
      <div>
        <p class="people-count">
          <strong>{attendance.present}</strong>
          <span>{`/${attendance.convened}`}</span> {t("room.here")}
        </p>
        <p class={met ? "quorum quorum-met" : "quorum"}>
          <span aria-hidden="true">{met ? "✓ " : "! "}</span>
          {quorumText(attendance)}
        </p>
        <p class="people-rest">{rest.filter(Boolean).join(" · ")}</p>
      </div>
    </div>
  );
}

function Latest({ attendance }: { readonly attendance: Attendance }) {
  if (attendance.latest.length === 0) return <p class="empty">{t("room.latest.none")}</p>;
  return (
    <ul class="latest" aria-label={t("room.latest")}>
      {attendance.latest.slice(0, 2).map((one) => (
        <li key={`${one.participant_id}-${one.at_ms}`}>
          <time class="tabular">{formatClock(one.at_ms)}</time>
          <span>{one.name}</span>
          <small>{one.seat ? t("room.seat", { seat: one.seat }) : t("room.noSeat")}</small>
        </li>
      ))}
    </ul>
  );
}

/** See the top of this file. */
export function Room({ cockpit }: { readonly cockpit: Cockpit }) {
  const { attendance } = cockpit;
  return (
    <section id="part-room" class="part" aria-labelledby="part-room-title" tabIndex={-1}>
      <header class="part-head">
        <h2 id="part-room-title">
          <kbd>{"3"}</kbd> {t("part.room")}
        </h2>
      </header>
      <div class="part-body">
        {attendance ? (
          <>
            <People attendance={attendance} />
            <Latest attendance={attendance} />
          </>
        ) : (
          <p class="empty">{t("app.loading")}</p>
        )}
        <Floor cockpit={cockpit} />
        <WallPanel cockpit={cockpit} />
        <ScreensPanel screens={cockpit.screens} />
      </div>
    </section>
  );
}

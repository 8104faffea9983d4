/** Before the meeting: its name, the QR to a seat, how many have come. */

import { Qr } from "@common/components/Qr.tsx";
import { formatLongDate, formatTime } from "@common/i18n/index.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";
import { spaced, useRoomCode } from "../parts/roomCode.ts";

/** The join code inside the address of the QR, to be typed where nothing can scan. */
function codeOf(url: string): string {
  try {
    return new URL(url, location.origin).searchParams.get("m") ?? "";
  } catch {
    return "";
  }
}

/** See above. */
export function WelcomeScene() {
  const header = useWall("header");
  const attendance = useWall("attendance");
  const room = useRoomCode();
  const plain = useWall("wall")?.check_in_url ?? "";
  const url = room?.url ?? plain;
  const code = codeOf(url);
  const place = header && [
    t("welcome.when", { time: formatTime(header.starts_ms), date: formatLongDate(header.starts_ms) }),
    header.room,
  ];
  return (
    <section class="welcome">
      <div class="welcome-words">
        <p class="gold">{t("welcome.hello")}</p>
        <h2>{header?.title}</h2>
        <p class="soft">{place?.filter(Boolean).join(" · ")}</p>
        {attendance && (
          <p class="welcome-count">
            <strong class="figure">{`${attendance.present}/${attendance.convened}`}</strong>
            <span>{t("welcome.come")}</span>
          </p>
        )}
      </div>
      {url !== "" && (
        <figure class="welcome-qr">
          <Qr text={new URL(url, location.origin).href} label={t("welcome.scan")} />
          <figcaption>
            {t("welcome.scan")}
            <strong>{t("welcome.code", { code })}</strong>
            {room && <strong class="gold">{t("welcome.room-code", { code: spaced(room.code) })}</strong>}
          </figcaption>
        </figure>
      )}
    </section>
  );
}

/** Who speaks: name, unit, and for how long. */

import { useServerTime } from "@common/components/Clock.tsx";
import { formatCountdown } from "@common/i18n/index.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";

/** See above. */
export function SpeakerScene() {
  const floor = useWall("floor");
  const now = useServerTime();
  const speaking = floor?.speaking;
  const next = floor?.waiting[0];
  return (
    <section class="speaker-scene">
      {speaking == null ? (
        <p class="speaker-name">{t("speaker.none")}</p>
      ) : (
        <div class="speaker-words">
          <p class="gold">{t("speaker.title")}</p>
          <h2 class="speaker-name">{speaking.name}</h2>
          <p class="speaker-unit">{speaking.unit}</p>
          {speaking.topic && <p class="soft">{speaking.topic}</p>}
        </div>
      )}
      {speaking?.started_ms != null && (
        <p class="agenda-time">
          <strong class="figure">{formatCountdown(now - speaking.started_ms)}</strong>
          <span>{t("speaker.time")}</span>
        </p>
      )}
      {next && <p class="soft agenda-next">{t("speaker.next", { name: next.name })}</p>}
    </section>
  );
}

/** The answer to a scan, readable from 1.5 m: colour, mark and word together. */

import { problemText } from "@common/api/index.ts";
import { Icon } from "@common/components/Icon.tsx";
import { formatClock } from "@common/i18n/index.ts";
import { t } from "./i18n/index.ts";
import { idle, type Scene } from "./state.ts";

type Shown = Extract<Scene, { kind: "welcome" | "again" | "refused" | "sending" }>;

const WAYS = ["scan", "search", "seat", "console"] as const;

function wayIn(method: string): string {
  const known = WAYS.find((way) => way === method);
  return known === undefined ? method : t(`way.${known}`);
}

/** See above. A touch anywhere goes back to scanning. */
export function Outcome({ scene }: { scene: Shown }) {
  return (
    <section class={`door-outcome door-outcome-${scene.kind}`} role="status" onPointerDown={idle}>
      {scene.kind === "sending" && <p class="door-name">{scene.late ? t("result.waiting") : t("result.sending")}</p>}
      {scene.kind === "welcome" && (
        <>
          <Icon name="check" size="1em" />
          <p class="door-word">{t("result.welcome")}</p>
          <p class="door-name">{scene.answer.name}</p>
          <p class="door-office">{[scene.answer.title, scene.answer.unit].filter(Boolean).join(", ")}</p>
          <p class="door-seat">
            {scene.answer.seat === null ? t("result.noSeat") : t("result.seat", { seat: scene.answer.seat })}
          </p>
        </>
      )}
      {scene.kind === "again" && (
        <>
          <Icon name="again" size="1em" />
          <p class="door-word">{t("result.again")}</p>
          <p class="door-name">{scene.answer.name}</p>
          <p class="door-seat">
            {t("result.againAt", {
              time: formatClock(scene.answer.entered_ms),
              where: wayIn(scene.answer.entered_by),
            })}
          </p>
        </>
      )}
      {scene.kind === "refused" && (
        <>
          <Icon name="cross" size="1em" />
          <p class="door-word">{t("result.refused")}</p>
          <p class="door-why">{problemText(scene.problem).detail}</p>
          <p class="door-office">{problemText(scene.problem).next}</p>
        </>
      )}
    </section>
  );
}

/** Connected seats, walls and doors, and those that need a look. */

import { pageBuild } from "@common/live/index.ts";
import { formatClock, t, word } from "../i18n/index.ts";
import type { Screens } from "../shapes.ts";

type Screen = Screens["screens"][number];

function ScreenRow({ screen }: { readonly screen: Screen }) {
  const build = pageBuild();
  const old = build !== "" && screen.build !== "" && screen.build !== build;
  const name = `${word("surface", screen.surface)} ${screen.name}`.trim();
  return (
    <li class={old ? "screen screen-old" : "screen"}>
      <span aria-hidden="true">{old ? "!" : "●"}</span>{" "}
      {old ? t("screens.old", { name }) : t("screens.since", { name, time: formatClock(screen.since_ms) })}
    </li>
  );
}

/** See the top of this file. */
export function ScreensPanel({ screens }: { readonly screens: Screens | undefined }) {
  if (screens === undefined) return null;
  const any = screens.seats + screens.walls + screens.doors > 0;
  const rows = screens.screens.filter((one) => one.surface !== "console").slice(0, 6);
  return (
    <div class="screens">
      <h3 class="section-title">{t("screens.title")}</h3>
      {any ? (
        <p class="screens-count">
          <strong>{screens.seats}</strong> {t("screens.seats")}
          <strong>{screens.walls}</strong> {t("screens.walls")}
          <strong>{screens.doors}</strong> {t("screens.doors")}
        </p>
      ) : (
        <p class="empty">{t("screens.none")}</p>
      )}
      <ul>
        {rows.map((screen) => (
          <ScreenRow key={`${screen.surface}-${screen.name}-${screen.since_ms}`} screen={screen} />
        ))}
      </ul>
    </div>
  );
}

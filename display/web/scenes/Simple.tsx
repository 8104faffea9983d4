/** Scenes of a few words: a notice, the pause, and what is shown before anything has come. */

import { Clock } from "@common/components/Clock.tsx";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";

/** Words of the secretary, as large as they may be. */
export function NoticeScene() {
  const text = useWall("wall")?.text ?? "";
  return (
    <section class="notice-scene">
      <h2>{t("notice.title")}</h2>
      <p class={text.length > 140 ? "notice-text notice-long" : "notice-text"}>{text}</p>
    </section>
  );
}

/** The pause: dark, with the time; never just black, which looks broken. */
export function Blank() {
  const header = useWall("header");
  return (
    <section class="blank">
      <p class="blank-clock">
        <Clock />
      </p>
      {header?.state === "paused" && <p class="blank-word">{t("head.paused")}</p>}
    </section>
  );
}

/** Until the server has said what to show. */
export function Loading() {
  return <p class="plain">{t("wait.scene")}</p>;
}

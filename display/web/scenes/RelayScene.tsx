/** The relayed conference: the whole wall, or beside the agenda or the page that is presented. Sound comes out here. */

import { Player } from "@common/components/Player.tsx";
import { formatDate, formatTime } from "@common/i18n/index.ts";
import { type RelayScreen, useViewing } from "@common/whep/index.ts";
import { t } from "../i18n/index.ts";
import { meetingId, useRelay, useWall } from "../live.ts";
import { Beside } from "./RelayBeside.tsx";
import "./relay.css";

/** See above. The picture keeps running when what stands beside it changes. */
export function RelayScene() {
  const beside = besideOf(useWall("wall")?.beside);
  const relay = useRelay();
  const shared = useWall("relay-shared", beside !== undefined && relay != null && relay.site_id !== null);
  const viewing = useViewing(meetingId.value ?? 0, relay?.watch ?? false);
  const still = relay && standstill(relay);
  return (
    <section class={beside ? "relay-scene relay-beside" : "relay-scene"}>
      <div class="relay-picture">
        <Player viewing={viewing} sound={relay?.sound === true && !relay.muted} label={relay?.name ?? t("relay.title")}>
          <p class="relay-name">{relay?.name || t("relay.title")}</p>
          {still && <p>{still}</p>}
        </Player>
      </div>
      {still && viewing.stream.value && (
        <p class="relay-still" role="status">
          {still}
        </p>
      )}
      {relay && relay.floor_name !== "" && <p class="relay-floor">{t("relay.floor", { name: relay.floor_name })}</p>}
      {beside && (
        <div class="relay-side">
          <Beside what={beside} shared={shared} />
        </div>
      )}
    </section>
  );
}

function besideOf(name: string | undefined): "agenda" | "document" | undefined {
  return name === "agenda" || name === "document" ? name : undefined;
}

/** Why there is no picture to ask for; undefined while there is. Said before the first picture, and below the last. */
function standstill(relay: RelayScreen): string | undefined {
  if (relay.watch) return undefined;
  switch (relay.state) {
    case "ended":
      return t("relay.ended");
    case "planned":
      return t("relay.planned", { time: formatTime(relay.starts_ms), date: formatDate(relay.starts_ms) });
    case "none":
      return t("relay.none");
    default: // it runs, and this room is not let in
      return relay.phone === "" ? t("relay.refused") : t("relay.refused.call", { phone: relay.phone });
  }
}

/** The relayed conference: the whole wall, or beside the agenda or the page that is presented. Sound comes out here. */

import { Player } from "@common/components/Player.tsx";
import { formatDate, formatTime } from "@common/i18n/index.ts";
import { type RelayScreen, useViewing } from "@common/whep/index.ts";
import { t } from "../i18n/index.ts";
import { meetingId, useRelay, useWall } from "../live.ts";
import { AgendaScene } from "./AgendaScene.tsx";
import { DocumentScene } from "./DocumentScene.tsx";
import "./relay.css";

const BESIDE: Readonly<Record<string, () => preact.JSX.Element>> = {
  agenda: () => <AgendaScene />,
  document: () => <DocumentScene />,
};

/** See above. The picture keeps running when what stands beside it changes. */
export function RelayScene() {
  const wall: { readonly scene: string; readonly beside?: string } | undefined = useWall("wall");
  const relay = useRelay();
  const viewing = useViewing(meetingId.value ?? 0, relay?.watch ?? false);
  const beside = BESIDE[wall?.beside ?? ""];
  return (
    <section class={beside ? "relay-scene relay-beside" : "relay-scene"}>
      <div class="relay-picture">
        <Player viewing={viewing} sound={relay?.sound === true && !relay.muted} label={relay?.name ?? t("relay.title")}>
          <p class="relay-name">{relay?.name ?? t("relay.title")}</p>
          {relay && <Awaited relay={relay} />}
        </Player>
      </div>
      {relay && <Ended relay={relay} />}
      {relay && relay.floor_name !== "" && <p class="relay-floor">{t("relay.floor", { name: relay.floor_name })}</p>}
      {beside && <div class="relay-side">{beside()}</div>}
    </section>
  );
}

/** Before the first picture: what this wall waits for. */
function Awaited({ relay }: { readonly relay: RelayScreen }) {
  if (relay.watch) return null;
  if (relay.state === "ended") return <p>{t("relay.ended")}</p>;
  if (relay.state !== "planned") return <p>{t("relay.none")}</p>;
  const when = { time: formatTime(relay.starts_ms), date: formatDate(relay.starts_ms) };
  return <p>{t("relay.planned", when)}</p>;
}

/** After the last picture: the picture stands still because the conference is over, not because something broke. */
function Ended({ relay }: { readonly relay: RelayScreen }) {
  return relay.state === "ended" ? (
    <p class="relay-ended" role="status">
      {t("relay.ended")}
    </p>
  ) : null;
}

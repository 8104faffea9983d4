/** The conference at a seat: small, in a corner, without sound (it comes from the wall). A touch hides it. */

import { Icon } from "@common/components/Icon.tsx";
import { Player } from "@common/components/Player.tsx";
import { remember, remembered } from "@common/storage.ts";
import { type RelayScreen, useViewing } from "@common/whep/index.ts";
import { signal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import "./relay.css";

const KEY = "nghisu-seat-relay";
const hidden = signal(remembered(KEY, "session") === "hidden");

/** Stays so through ballots and panels, which take its place, until the other is touched. */
function hide(value: boolean): void {
  hidden.value = value;
  remember(KEY, value ? "hidden" : undefined, "session");
}

/** See above. */
export function SmallPicture({ meetingId, relay }: { readonly meetingId: number; readonly relay: RelayScreen }) {
  if (hidden.value) {
    return (
      <button type="button" class="relay-show" onClick={() => hide(false)}>
        <Icon name="screen" />
        <span>{t("relay.show")}</span>
      </button>
    );
  }
  return (
    <aside class="relay-small" aria-label={relay.name}>
      <Picture meetingId={meetingId} label={relay.name} />
      <button type="button" class="relay-hide" aria-label={t("relay.hide")} onClick={() => hide(true)}>
        <Icon name="cross" />
      </button>
    </aside>
  );
}

function Picture({ meetingId, label }: { readonly meetingId: number; readonly label: string }) {
  const viewing = useViewing(meetingId, true);
  return <Player viewing={viewing} sound={false} label={label} brief />;
}

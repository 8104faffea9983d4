/** The conference at a seat: small, in a corner, without sound (it comes from the wall). A touch hides it. */

import { Icon } from "@common/components/Icon.tsx";
import { Player } from "@common/components/Player.tsx";
import { type RelayScreen, useViewing } from "@common/whep/index.ts";
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import "./relay.css";

/** See above. */
export function SmallPicture({ meetingId, relay }: { readonly meetingId: number; readonly relay: RelayScreen }) {
  const [hidden, setHidden] = useState(false);
  if (hidden) {
    return (
      <button type="button" class="relay-show" onClick={() => setHidden(false)}>
        <Icon name="screen" />
        {t("relay.show")}
      </button>
    );
  }
  return (
    <aside class="relay-small" aria-label={relay.name}>
      <Picture meetingId={meetingId} label={relay.name} />
      <button type="button" class="relay-hide" aria-label={t("relay.hide")} onClick={() => setHidden(true)}>
        <Icon name="cross" />
      </button>
    </aside>
  );
}

function Picture({ meetingId, label }: { readonly meetingId: number; readonly label: string }) {
  const viewing = useViewing(meetingId, true);
  return <Player viewing={viewing} sound={false} label={label} brief />;
}

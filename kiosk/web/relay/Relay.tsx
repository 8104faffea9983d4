/** Fetches the small picture when there is one to show: a seat without a conference loads nothing of it. */

import type { RelayScreen } from "@common/whep/index.ts";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { live } from "../live.ts";
import { sitter } from "../who.ts";

type Small = ComponentType<{ readonly meetingId: number; readonly relay: RelayScreen }>;

const AGAIN_MS = 5_000;

/** See above. */
export function Relay() {
  const meetingId = sitter.value?.meetingId ?? 0;
  const relay = live.useTopic(`meeting/${meetingId}/relay`)?.data;
  const on = relay?.watch === true;
  const [Small, setSmall] = useState<Small>();
  useEffect(() => {
    if (!on || Small !== undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetch = () =>
      void import("./SmallPicture.tsx").then(
        (part) => setSmall(() => part.SmallPicture),
        () => {
          timer = setTimeout(fetch, AGAIN_MS); // the line was away
        },
      );
    fetch();
    return () => clearTimeout(timer);
  }, [on, Small]);
  return on && relay && Small ? <Small meetingId={meetingId} relay={relay} /> : null;
}

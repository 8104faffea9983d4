/** How a viewing reaches the relay: through the server's own address, with the session of this surface. */

import { post } from "../api/index.ts";
import { headers, newKey } from "../api/request.ts";
import type { SessionAnswer } from "../types.gen.ts";
import type { Watched } from "./stats.ts";

/** One end of a WHEP conversation (draft-ietf-wish-whep): offer, answer, goodbye. */
export interface Signalling {
  /** Send the offer; the answer and the name of the session. Raises `Refusal`. */
  readonly offer: (sdp: string) => Promise<SessionAnswer>;
  /** Say goodbye. Must work while the page is being left. */
  readonly remove: (id: string) => void;
  /** Tell how it looks here, every few seconds; nobody waits for it. */
  readonly report?: (id: string, watched: Watched) => void;
}

/** The relay of a meeting, by the web server's proxy. */
export function meetingRelay(meetingId: number): Signalling {
  const place = `/api/meetings/${meetingId}/relay/whep`;
  return {
    offer: (sdp) => post<SessionAnswer>(place, { sdp }, { once: true }),
    remove: (id) => {
      const address = `${place}/${encodeURIComponent(id)}`;
      void fetch(address, {
        method: "DELETE",
        headers: headers(newKey(), false),
        credentials: "same-origin",
        keepalive: true,
      }).catch(() => undefined); // the relay notices a viewer that is silent
    },
    report: (id, watched) =>
      void post(`${place}/${encodeURIComponent(id)}/watched`, watched, { once: true }).catch(() => undefined),
  };
}

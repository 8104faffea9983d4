/** A viewing that lives as long as a component is mounted and there is something to watch. */

import { useEffect, useMemo } from "preact/hooks";
import { Viewing } from "./client.ts";
import { meetingRelay } from "./signalling.ts";

/** Watch the relay of a meeting while `on`. What was seen last stays in the player when it ends. */
export function useViewing(meetingId: number, on: boolean): Viewing {
  const viewing = useMemo(() => new Viewing(meetingRelay(meetingId)), [meetingId]);
  useEffect(() => {
    if (!on) return undefined;
    viewing.open();
    return () => viewing.close();
  }, [viewing, on]);
  return viewing;
}

/** This page's line to the server, and the topics of the meeting sat in. */

import { startLive } from "@common/live/index.ts";
import type { MeView, SharedView, Topics } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { sitter } from "./who.ts";

/** True while the page must not be reloaded for a newer build: a ballot is open or a request is half written. */
export const busy = signal(false);

export const live = startLive({ surface: "seat", mayReload: () => !busy.value });

type Kind = "header" | "agenda" | "attendance" | "presenter" | "vote" | "floor" | "paper" | "relay" | "relay-shared";

/** A topic of one's own meeting, watched while the component is mounted and `on`; undefined until it has come. */
export function useMeeting<K extends Kind>(kind: K, on = true): Topics["seat"][`meeting/${number}/${K}`] | undefined {
  const id = on ? sitter.value?.meetingId : undefined;
  const name: `meeting/${number}/${K}` | undefined = id === undefined ? undefined : `meeting/${id}/${kind}`;
  return live.useTopic(name)?.data;
}

/** What the host of the conference shares with this room; undefined where this meeting watches none. */
export function useShared(): SharedView | undefined {
  const relay = useMeeting("relay");
  return useMeeting("relay-shared", relay?.watch === true && relay.site_id !== null);
}

/** What concerns the delegate alone. */
export function useMe(): MeView | undefined {
  const who = sitter.value;
  return live.useTopic(who && `meeting/${who.meetingId}/me/${who.participantId}`)?.data;
}

/** Whether the server does not know this seat's delegate (any more): the PIN is asked for again. */
export function strange(): boolean {
  const who = sitter.value;
  if (who === undefined) return true;
  return live.signedOut.value || live.refused.value[`meeting/${who.meetingId}/me/${who.participantId}`] !== undefined;
}

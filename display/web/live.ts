/** This page's line to the server, and the topics on the wall: live, else as they were last seen on this machine. */

import { startLive } from "@common/live/index.ts";
import type { Topics } from "@common/types.gen.ts";
import type { RelayScreen } from "@common/whep/index.ts";
import { signal } from "@preact/signals";
import { keepTopic, keptTopic } from "./kept.ts";

export const live = startLive({ surface: "wall", mayReload: () => true });

/** The meeting on this wall; undefined while it is not known. */
export const meetingId = signal<number | undefined>(undefined);

/** What a wall watches. */
export type Kind =
  | "header"
  | "agenda"
  | "attendance"
  | "seats"
  | "presenter"
  | "vote"
  | "floor"
  | "wall"
  | "paper"
  | "relay-shared";

/** A topic of the meeting on the wall while `on`; undefined until it has come for the first time on this machine. */
export function useWall<K extends Kind>(kind: K, on = true): Topics["wall"][`meeting/${number}/${K}`] | undefined {
  const id = on ? meetingId.value : undefined;
  const name: `meeting/${number}/${K}` | undefined = id === undefined ? undefined : `meeting/${id}/${kind}`;
  const topic = live.useTopic(name);
  if (name === undefined) return undefined;
  if (topic === undefined) return keptTopic(name) as Topics["wall"][`meeting/${number}/${K}`] | undefined;
  keepTopic(name, topic.version, topic.data);
  return topic.data;
}

/** What the relay shows on this wall; undefined until it has come. */
export function useRelay(): RelayScreen | undefined {
  const id = meetingId.value;
  return live.useTopic(id === undefined ? undefined : `meeting/${id}/relay`)?.data;
}

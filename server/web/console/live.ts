/** The console's line to the server, and typed topics of one meeting. */

import { startLive } from "@common/live/index.ts";
import { prepare } from "@common/mount.tsx";
import { signal } from "@preact/signals";
import type { MeetingTopics } from "./shapes.ts";

prepare({ surface: "console" });

/** How many forms are half written: the page does not reload itself under a person's hands. */
export const unsaved = signal(0);

export const live = startLive({ surface: "console", mayReload: () => unsaved.value === 0 });

/** Watch a topic of a meeting while the component is mounted; undefined until it has come. */
export function useMeeting<K extends keyof MeetingTopics>(meetingId: number, kind: K): MeetingTopics[K] | undefined {
  const watch = live.useTopic as (name: string) => { readonly data: unknown } | undefined;
  // types.gen.ts knows the same views under the server's names; shapes.ts is how this folder calls them.
  return watch(`meeting/${meetingId}/${kind}`)?.data as MeetingTopics[K] | undefined;
}

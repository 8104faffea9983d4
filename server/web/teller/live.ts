/** This page's line to the server, and the two topics of the meeting counted in. */

import { startLive } from "@common/live/index.ts";
import type { HeaderView, PaperVoteRow, TellerPaperView } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { teller } from "./who.ts";

/** True while a ballot is half entered or not yet with the server: no newer build is loaded then. */
export const busy = signal(false);

export const live = startLive({ surface: "teller", mayReload: () => !busy.value });

/** The meeting's paper votes and tellers; undefined until they have come. */
export function usePaper(): { readonly version: number; readonly data: TellerPaperView } | undefined {
  const who = teller.value;
  return live.useTopic(who && `meeting/${who.meetingId}/paper`);
}

export function useHeader(): HeaderView | undefined {
  const who = teller.value;
  return live.useTopic(who && `meeting/${who.meetingId}/header`)?.data;
}

export type Vote = PaperVoteRow;

/** The console's line to the server, and the topics of one meeting. */

import { startLive } from "@common/live/index.ts";
import type {
  ConsoleAgendaView,
  ConsoleAttendanceView,
  ConsolePaperView,
  ConsoleVoteView,
  DocumentsView,
  FloorView,
  HeaderView,
  PresenterView,
  RelayBoardView,
  RelayConsoleView,
  RenderingView,
  ScreensView,
  SeatsView,
  WallView,
} from "@common/types.gen.ts";
import { signal } from "@preact/signals";

/** How many forms are half written: the page does not reload itself under a person's hands. */
export const unsaved = signal(0);

export const live = startLive({ surface: "console", mayReload: () => unsaved.value === 0 });

/** Topics of a meeting by kind. */
export interface MeetingTopics {
  agenda: ConsoleAgendaView;
  attendance: ConsoleAttendanceView;
  documents: DocumentsView;
  floor: FloorView;
  header: HeaderView;
  paper: ConsolePaperView;
  presenter: PresenterView;
  relay: RelayConsoleView;
  "relay-board": RelayBoardView;
  rendering: RenderingView;
  screens: ScreensView;
  seats: SeatsView;
  vote: ConsoleVoteView;
  wall: WallView;
}

/** Watch a topic of a meeting while the component is mounted; undefined until it has come. */
export function useMeeting<K extends keyof MeetingTopics>(meetingId: number, kind: K): MeetingTopics[K] | undefined {
  // The compiler cannot follow a template through a union of all kinds; the table above says the same.
  const watch = live.useTopic as (name: string) => { readonly data: MeetingTopics[K] } | undefined;
  return watch(`meeting/${meetingId}/${kind}`)?.data;
}

/** What the console gets from the server, by the short names of this folder. */

import type {
  BatchView,
  ConsoleAgendaItem,
  ConsoleAttendanceView,
  DocumentView,
  FloorRequest,
  HeaderView,
  MeetingDetails,
  MeetingList,
  MeetingRow,
  PollView,
  PresentedPage,
  Rule,
  RuleWords,
  Scene,
  ScreensView,
  ScreenView,
  StepsView,
  StepView,
  Tally,
  TallyLine,
  WallView,
} from "@common/types.gen.ts";

export type Header = HeaderView;
export type Item = ConsoleAgendaItem;
export type Paper = ConsoleAgendaItem["documents"][number];
export type Attendance = ConsoleAttendanceView;
export type Presented = PresentedPage;
export type Poll = PollView;
export type Wall = WallView;
export type Screens = ScreensView;
export type Screen = ScreenView;
export type DocumentRow = DocumentView;
export type Step = StepView;
export type Batch = BatchView;
export type {
  FloorRequest,
  MeetingDetails,
  MeetingList,
  MeetingRow,
  Rule,
  RuleWords,
  Scene,
  StepsView,
  Tally,
  TallyLine,
};

export const MEETING_KINDS = ["meeting", "conference", "congress"] as const;
export const ROLES = ["delegate", "alternate", "guest", "chair", "secretary"] as const;

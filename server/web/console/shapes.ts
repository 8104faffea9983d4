/** What the console gets from the server, by the short names of this folder. */

import type {
  ConsoleAgendaItem,
  ConsoleAttendanceView,
  DocumentView,
  FloorRequest,
  HeaderView,
  PollView,
  PresentedPage,
  Rule,
  ScreensView,
  ScreenView,
  Tally,
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
export type { FloorRequest, Rule, Tally };

/** One meeting in the list of those I may see. */
export interface MeetingRow {
  readonly id: number;
  readonly title: string;
  readonly kind: string;
  readonly unit: string;
  readonly room: string;
  readonly starts_ms: number;
  readonly state: string;
  readonly can_manage: boolean;
}

/** Meetings, newest start first. */
export interface MeetingList {
  readonly meetings: readonly MeetingRow[];
}

/** What the console edits. */
export interface MeetingDetails extends MeetingRow {
  readonly unit_id: number;
  readonly rehearsal: boolean;
  readonly join_code: string;
  readonly join_url: string;
  readonly quorum_numerator: number;
  readonly quorum_denominator: number;
  readonly participants: number;
  readonly items: number;
}

/** What a step lacks, or a warning before it. */
export interface StepNote {
  readonly code: string;
  readonly text: string;
  readonly text_en: string;
}

/** One step that the present state of a meeting offers. */
export interface Step {
  readonly to: string;
  readonly allowed: boolean;
  readonly missing: readonly StepNote[];
  readonly warnings: readonly StepNote[];
  readonly consequence: string;
  readonly consequence_en: string;
}

/** The next steps of the life cycle. */
export interface StepsView {
  readonly steps: readonly Step[];
}

/** Scenes of the wall. */
export type Scene =
  | "welcome"
  | "agenda"
  | "document"
  | "vote"
  | "result"
  | "speaker"
  | "attendance"
  | "notice"
  | "blank";

export const MEETING_KINDS = ["meeting", "conference", "congress"] as const;
export const ROLES = ["delegate", "alternate", "guest", "chair", "secretary"] as const;

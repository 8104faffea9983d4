/** Everything the cockpit shows, read once from the topics and handed to its three parts. */

import type { ConsoleVoteView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { holds } from "../session.ts";
import type {
  Attendance,
  Batch,
  DocumentRow,
  FloorRequest,
  Header,
  Item,
  Poll,
  Presented,
  RuleWords,
  Screens,
  Wall,
} from "../shapes.ts";

export interface Cockpit {
  readonly id: number;
  readonly header: Header | undefined;
  readonly items: readonly Item[];
  readonly agendaKnown: boolean;
  /** The item the meeting is in (the sub-item, when there is one). */
  readonly current: Item | undefined;
  readonly next: Item | undefined;
  readonly attendance: Attendance | undefined;
  readonly presented: Presented | null;
  readonly polls: readonly Poll[];
  readonly openPoll: Poll | undefined;
  /** What seats and the wall's vote scene show: the open poll, else the one that ended last. */
  readonly shownPoll: Poll | undefined;
  /** The rules that polls follow, in words. */
  readonly rules: readonly RuleWords[];
  /** Votes one after another: under way, or the last that was. */
  readonly batch: Batch | null;
  readonly speaking: FloorRequest | null;
  readonly waiting: readonly FloorRequest[];
  readonly wall: Wall | undefined;
  readonly screens: Screens | undefined;
  readonly documents: readonly DocumentRow[];
  readonly jobs: readonly { readonly version_id: number; readonly done: number; readonly total: number }[];
  /** Why agenda items cannot be started now. */
  readonly whyNotRun: string | undefined;
  /** Why nothing at all can be changed (closed, only watching). */
  readonly whyReadOnly: string | undefined;
  /** As `whyNotRun`, for votes and the floor, which the chair may run too. */
  readonly whyNotChair: string | undefined;
  /** As `whyReadOnly`, for what the chair may do too. */
  readonly whyNotLead: string | undefined;
}

/** The deepest item that is current: a sub-item keeps its parent current. */
export function currentItem(items: readonly Item[]): Item | undefined {
  return items.findLast((item) => item.state === "current");
}

/** The pending item after the current one in order; failing that, one that was left out before. */
export function nextItem(items: readonly Item[]): Item | undefined {
  const current = items.findLastIndex((item) => item.state === "current");
  const pending = (item: Item) => item.state === "pending";
  return items.find((item, index) => index > current && pending(item)) ?? items.find(pending);
}

function stateReason(header: Header | undefined): string | undefined {
  if (header === undefined) return t("why.waiting");
  if (header.state === "in_session") return undefined;
  const known = ["draft", "convened", "paused", "closed"] as const;
  const found = known.find((state) => state === header.state);
  return found === undefined ? t("why.waiting") : t(`why.${found}`);
}

function votes(
  vote: ConsoleVoteView | undefined,
): Pick<Cockpit, "polls" | "openPoll" | "shownPoll" | "rules" | "batch"> {
  if (vote === undefined) return { polls: [], openPoll: undefined, shownPoll: undefined, rules: [], batch: null };
  const { polls, open_id, shown_id, rules, batch } = vote;
  const find = (id: number | null) => polls.find((poll) => poll.id === id);
  return { polls, openPoll: find(open_id), shownPoll: find(shown_id), rules, batch };
}

/** Watch all topics of a meeting. */
export function useCockpit(id: number): Cockpit {
  const header = useMeeting(id, "header");
  const agenda = useMeeting(id, "agenda");
  const vote = useMeeting(id, "vote");
  const floor = useMeeting(id, "floor");
  const items = agenda?.items ?? [];
  const manages = holds("secretary");
  const leads = manages || holds("chair");
  const state = stateReason(header);
  const closed = header?.state === "closed" ? t("why.closed") : undefined;
  return {
    id,
    header,
    items,
    agendaKnown: agenda !== undefined,
    current: currentItem(items),
    next: nextItem(items),
    attendance: useMeeting(id, "attendance"),
    presented: useMeeting(id, "presenter")?.page ?? null,
    ...votes(vote),
    speaking: floor?.speaking ?? null,
    waiting: floor?.waiting ?? [],
    wall: useMeeting(id, "wall"),
    screens: useMeeting(id, "screens"),
    documents: useMeeting(id, "documents")?.documents ?? [],
    jobs: useMeeting(id, "rendering")?.jobs ?? [],
    whyNotRun: manages ? state : t("why.noPermission"),
    whyReadOnly: manages ? (header === undefined ? t("why.waiting") : closed) : t("why.noPermission"),
    whyNotChair: leads ? state : t("why.noPermission"),
    whyNotLead: leads ? closed : t("why.noPermission"),
  };
}

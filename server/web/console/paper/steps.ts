/** The one next step of a vote on paper, and why it cannot be taken now. */

import { t } from "./i18n/index.ts";
import type { Vote } from "./shapes.ts";

export type StepName = "print" | "issue" | "compare" | "close" | "publish" | "show";

const NEXT: Readonly<Record<string, StepName>> = {
  draft: "print",
  printed: "issue",
  issued: "compare",
  counting: "compare",
  compared: "close",
  closed: "publish",
  published: "show",
};

/** The next step; undefined for an annulled vote. */
export function nextStep(vote: Vote): StepName | undefined {
  return NEXT[vote.state];
}

interface Room {
  readonly tellers: number;
  /** The meeting sits. */
  readonly sits: boolean;
}

const TELLERS = 3;

function whyNotIssue(vote: Vote, room: Room): string | undefined {
  if (!room.sits) return t("why.notSitting");
  if (room.tellers < TELLERS) return t("why.tellers", { n: TELLERS - room.tellers });
  const { quorum_needed: needed, present, convened } = vote.rule;
  return needed !== null && present < needed ? t("why.quorum", { present, convened, needed }) : undefined;
}

/** Why the next step cannot be taken; undefined: it can. `problem`: what the server says of a draft. */
export function whyNotStep(vote: Vote, room: Room, problem: string | undefined): string | undefined {
  switch (nextStep(vote)) {
    case "print":
      return problem;
    case "issue":
      return whyNotIssue(vote, room);
    case "compare": {
      const open = vote.stations.filter((one) => one.state !== "committed").length;
      return open > 0 ? t("why.stations", { n: open }) : undefined;
    }
    case "close":
      return vote.open_differences ? t("why.differences", { n: vote.open_differences }) : undefined;
    default:
      return undefined;
  }
}

/** A list with one element moved by `step`; the same list when it cannot move. */
export function moved(order: readonly number[], id: number, step: number): readonly number[] {
  const at = order.indexOf(id);
  return at === -1 ? order : placed(order, id, at + step);
}

/** A list with one element put at another place. */
export function placed(order: readonly number[], id: number, to: number): readonly number[] {
  if (to < 0 || to >= order.length || order[to] === id || !order.includes(id)) return order;
  const rest = order.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

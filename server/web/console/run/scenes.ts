/** The wall's scenes: their order, and why one cannot be shown now. */

import { t } from "../i18n/index.ts";
import type { Scene } from "../shapes.ts";
import { chosenPoll } from "./focus.ts";
import type { Cockpit } from "./model.ts";

export const SCENES: readonly Scene[] = [
  "welcome",
  "agenda",
  "document",
  "vote",
  "result",
  "speaker",
  "attendance",
  "notice",
  "blank",
  "paper",
  "relay",
];

/** The key that chooses a scene: 1 to 9, then 0, then R for the relay. */
export const sceneKey = (place: number): string => (place < 10 ? String((place + 1) % 10) : "r");

/** The poll whose result the wall would show: the newest that is published. */
export function publishedPoll(cockpit: Cockpit) {
  return cockpit.polls
    .filter((poll) => poll.state === "published")
    .sort((a, b) => (b.closed_ms ?? 0) - (a.closed_ms ?? 0))[0];
}

/**
 * The poll that the wall would show as a vote: the open one; before that the chosen draft, or the current item's first,
 * or the first that belongs to no item.
 */
export function awaitedPoll(cockpit: Cockpit) {
  const drafts = cockpit.polls.filter((poll) => poll.state === "draft");
  const chosen = drafts.find((poll) => poll.id === chosenPoll.value);
  const first = (item: number | null | undefined) => drafts.find((poll) => poll.agenda_item_id === item);
  return cockpit.openPoll ?? chosen ?? first(cockpit.current?.id) ?? first(null);
}

/** Why a scene would be empty; undefined when it can be shown. */
export function whyNotScene(cockpit: Cockpit, scene: Scene): string | undefined {
  if (cockpit.whyReadOnly !== undefined) return cockpit.whyReadOnly;
  switch (scene) {
    case "agenda":
      return cockpit.current ? undefined : t("scene.why.agenda");
    case "document":
      return cockpit.presented ? undefined : t("scene.why.document");
    case "vote":
      return awaitedPoll(cockpit) ? undefined : t("scene.why.vote");
    case "result":
      return publishedPoll(cockpit) ? undefined : t("scene.why.result");
    case "speaker":
      return cockpit.speaking ? undefined : t("scene.why.speaker");
    case "notice":
      return cockpit.header?.notice ? undefined : t("scene.why.notice");
    default:
      return undefined;
  }
}

/** What the server needs to know beside the scene's name. */
export function sceneDetails(cockpit: Cockpit, scene: Scene): { poll_id?: number; text?: string } {
  const poll = scene === "vote" ? awaitedPoll(cockpit) : scene === "result" ? publishedPoll(cockpit) : undefined;
  if (poll) return { poll_id: poll.id };
  return scene === "notice" && cockpit.header?.notice ? { text: cockpit.header.notice.text } : {};
}

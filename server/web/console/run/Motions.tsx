/** Votes of an item: one big next step each, always with its consequence and a second key. */

import { Button } from "@common/components/Button.tsx";
import { Countdown } from "@common/components/Clock.tsx";
import { useKeys } from "@common/keys.ts";
import { closePoll, openPoll, publishPoll, showOnWall } from "../calls/room.ts";
import { t, word } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import type { Item, Poll } from "../shapes.ts";
import { chosenPoll, move, usePartKeys } from "./focus.ts";
import type { Cockpit } from "./model.ts";
import { mostUrgent, ruleText, verdictText, whyNotStep } from "./polls.ts";
import { TallyBars } from "./TallyBars.tsx";

function stepLabel(poll: Poll | undefined): string {
  if (poll?.state === "open") return t("motion.close");
  if (poll?.state === "closed") return t("motion.publish");
  return poll?.state === "published" ? t("motion.again") : t("motion.open");
}

function askOpen(cockpit: Cockpit, poll: Poll): void {
  const { attendance } = cockpit;
  ask({
    title: t("motion.open.title"),
    says: [poll.title, t("motion.open.says", { n: attendance?.entitled_present ?? poll.entitled_present })],
    warning:
      attendance && !attendance.quorum_met
        ? t("motion.open.quorum", { present: attendance.present, needed: attendance.quorum_needed })
        : undefined,
    action: t("motion.open"),
    key: "v",
    run: () => act(openPoll(cockpit.id, poll.id)),
  });
}

function askClose(cockpit: Cockpit, poll: Poll): void {
  ask({
    title: t("motion.close.title"),
    says: [poll.title, t("motion.close.says", { cast: poll.cast, of: poll.entitled_present })],
    action: t("motion.close"),
    key: "x",
    run: () => act(closePoll(cockpit.id, poll.id)),
  });
}

function askPublish(cockpit: Cockpit, poll: Poll): void {
  ask({
    title: t("motion.publish.title"),
    says: [poll.title, t("motion.publish.says", { verdict: poll.tally ? verdictText(poll.tally) : "…" })],
    action: t("motion.publish"),
    key: "p",
    run: () => act(publishPoll(cockpit.id, poll.id)),
  });
}

/** Take the next step of a poll: ask first where it is public; showing a published result again asks nothing. */
function takeStep(cockpit: Cockpit, poll: Poll): unknown {
  if (poll.state === "draft") return askOpen(cockpit, poll);
  if (poll.state === "open") return askClose(cockpit, poll);
  if (poll.state === "closed") return askPublish(cockpit, poll);
  return act(showOnWall(cockpit.id, "result", { poll_id: poll.id }));
}

function Card({ cockpit, poll, chosen }: { readonly cockpit: Cockpit; readonly poll: Poll; readonly chosen: boolean }) {
  const reason = whyNotStep(cockpit, poll);
  return (
    <article class={`motion motion-${poll.state}${chosen ? " motion-chosen" : ""}`} aria-label={poll.title}>
      <header class="motion-head">
        <h4>{poll.title}</h4>
        <span class={`chip chip-poll-${poll.state}`}>{word("poll", poll.state)}</span>
      </header>
      <p class="motion-rule">
        {ruleText(poll.rule)}
        <small>{poll.changeable ? t("motion.changeable") : t("motion.final")}</small>
      </p>
      {poll.state === "open" && (
        <p class="motion-count" role="status">
          <strong>{t("motion.cast", { cast: poll.cast, of: poll.entitled_present })}</strong>
          {poll.deadline_ms !== null && (
            <span>
              {t("motion.left")} <Countdown until={poll.deadline_ms} />
            </span>
          )}
        </p>
      )}
      {poll.tally && <TallyBars tally={poll.tally} />}
      <Button
        size="large"
        wide
        class="motion-step"
        kind={poll.state === "published" || reason ? "normal" : "primary"}
        reason={reason}
        onPress={() => takeStep(cockpit, poll)}
        {...(chosen ? { hint: "B" } : {})}
      >
        {stepLabel(poll)}
      </Button>
    </article>
  );
}

/** The polls to show: the item's own first; those of other items that are still under way; the rest is folded. */
function sorted(cockpit: Cockpit, item: Item | undefined): readonly Poll[] {
  const own = cockpit.polls.filter(
    (poll) => poll.agenda_item_id === (item?.id ?? null) || poll.agenda_item_id === null,
  );
  const under = cockpit.polls.filter(
    (poll) => !own.includes(poll) && (poll.state === "open" || poll.state === "closed"),
  );
  return [...under, ...own];
}

/** See the top of this file. */
export function Motions({ cockpit, item }: { readonly cockpit: Cockpit; readonly item: Item | undefined }) {
  const polls = sorted(cockpit, item);
  const chosen = polls.find((poll) => poll.id === chosenPoll.value) ?? mostUrgent(polls);
  const ids = polls.map((poll) => poll.id);
  const choose = (by: number) => move(chosenPoll, ids, chosen?.id, by);
  const reason = whyNotStep(cockpit, chosen);
  usePartKeys("now", {
    ArrowDown: {
      label: t("motion.choose"),
      run: () => choose(1),
      reason: ids.length > 1 ? undefined : t("motion.none"),
    },
    ArrowUp: { label: t("motion.choose"), hidden: true, run: () => choose(-1) },
  });
  useKeys(
    { b: { label: t("motion.next"), run: () => void (chosen && takeStep(cockpit, chosen)), reason } },
    { title: t("motion.title") },
  );
  return (
    <div class="motions">
      <h3 class="section-title">{t("motion.title")}</h3>
      {polls.length === 0 && <p class="empty">{t("motion.none")}</p>}
      {polls.map((poll) => (
        <Card key={poll.id} cockpit={cockpit} poll={poll} chosen={poll.id === chosen?.id} />
      ))}
    </div>
  );
}

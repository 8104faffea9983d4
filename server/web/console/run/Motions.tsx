/** Votes of an item: one big next step each, always with its consequence and a second key. */

import { Button } from "@common/components/Button.tsx";
import { Countdown } from "@common/components/Clock.tsx";
import { useKeys } from "@common/keys.ts";
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { closePoll, openPoll, publishPoll, showOnWall } from "../calls/room.ts";
import { t, word } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import type { Item, Poll } from "../shapes.ts";
import { BatchSheet } from "./BatchSheet.tsx";
import { BatchStrip, useBatchKeys } from "./BatchStrip.tsx";
import { chosenPoll, move, repeated, usePartKeys } from "./focus.ts";
import type { Cockpit } from "./model.ts";
import { PollSheet } from "./poll/PollSheet.tsx";
import { ballotText, baseText, byUrgency, neededText, ruleText, shortText, verdictText, whyNotStep } from "./polls.ts";
import { Obstacles, RuleFacts } from "./RuleFacts.tsx";
import { TallyBars } from "./TallyBars.tsx";

type Sheet = { readonly kind: "batch" } | { readonly kind: "poll"; readonly id: number };

const sheet = signal<Sheet | undefined>(undefined);

function stepLabel(poll: Poll | undefined): string {
  if (poll?.state === "open") return t("motion.close");
  if (poll?.state === "closed") return t("motion.publish");
  return poll?.state === "published" ? t("motion.again") : t("motion.open");
}

function askOpen(cockpit: Cockpit, poll: Poll): void {
  ask({
    title: t("motion.open.title"),
    says: [
      poll.title,
      t("motion.open.says", { n: poll.entitled_present }),
      `${t("facts.base")}: ${baseText(poll.rule)}. ${neededText(poll)}.`,
    ],
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
    says: [poll.title, t("motion.publish.says", { verdict: verdictText(poll) })],
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

/** Where a poll comes from, and what became of it. */
function History({ cockpit, poll }: { readonly cockpit: Cockpit; readonly poll: Poll }) {
  const next = cockpit.polls.find((one) => one.replaces_id === poll.id);
  return (
    <>
      {poll.replaces_id !== null && <p class="motion-history">{t("motion.replaces")}</p>}
      {poll.state === "annulled" && (
        <p class="motion-history motion-void">
          {t("motion.annulled", { reason: poll.annulled_reason ?? "" })}
          {next && ` ${t("motion.replaced", { state: word("poll", next.state).toLowerCase() })}`}
        </p>
      )}
    </>
  );
}

function Count({ poll }: { readonly poll: Poll }) {
  if (poll.state !== "open") return null;
  return (
    <p class="motion-count" role="status">
      <strong>{t("motion.cast", { cast: poll.cast, of: poll.entitled_present })}</strong>
      {poll.deadline_ms !== null && (
        <span>
          {t("motion.left")} <Countdown until={poll.deadline_ms} />
        </span>
      )}
    </p>
  );
}

interface CardProps {
  readonly cockpit: Cockpit;
  readonly poll: Poll;
}

/** A draft is part of a batch only while the batch may still come to it. */
const inBatch = ({ cockpit, poll }: CardProps) => poll.state !== "draft" || cockpit.batch?.state === "running";

function Head({ cockpit, poll }: CardProps) {
  return (
    <header class="motion-head">
      <h4>{poll.title}</h4>
      <span class="motion-chips">
        {poll.batch && inBatch({ cockpit, poll }) && (
          <span class="chip">{t("batch.place", { place: poll.batch.place, size: poll.batch.size })}</span>
        )}
        <span class={`chip chip-poll-${poll.state}`}>{word("poll", poll.state)}</span>
      </span>
    </header>
  );
}

/** A vote that is not looked at: two lines and its next step. */
function Line({ cockpit, poll }: CardProps) {
  const reason = whyNotStep(cockpit, poll);
  return (
    <article class={`motion motion-line-short motion-${poll.state}`} aria-label={poll.title}>
      <Head cockpit={cockpit} poll={poll} />
      <p class="motion-rule">{shortText(poll)}</p>
      <span class="motion-step-short">
        {poll.state !== "annulled" && (
          <Button reason={reason} reasonHidden onPress={() => takeStep(cockpit, poll)}>
            {stepLabel(poll)}
          </Button>
        )}
        <Button kind="quiet" icon="list" label={t("motion.details")} onPress={() => openDetails(poll)} />
      </span>
    </article>
  );
}

function openDetails(poll: Poll): void {
  chosenPoll.value = poll.id;
  sheet.value = { kind: "poll", id: poll.id };
}

/** The chosen vote: what it stands on, how far it is, its result, and one big next step. */
function Card({ cockpit, poll }: CardProps) {
  const reason = whyNotStep(cockpit, poll);
  return (
    <article class={`motion motion-${poll.state} motion-chosen`} aria-label={poll.title}>
      <Head cockpit={cockpit} poll={poll} />
      <p class="motion-rule">
        {poll.tally && poll.kind !== "confidence" && ruleText(poll.rule)}
        <small>{ballotText(poll)}</small>
      </p>
      {poll.tally === null && <RuleFacts poll={poll} rules={cockpit.rules} />}
      <Obstacles poll={poll} />
      <History cockpit={cockpit} poll={poll} />
      <Count poll={poll} />
      <TallyBars poll={poll} />
      <div class="motion-steps">
        {poll.state !== "annulled" && (
          <Button
            size="large"
            wide
            class="motion-step"
            kind={poll.state === "published" || reason ? "normal" : "primary"}
            reason={reason}
            reasonHidden={poll.obstacles.length > 0}
            onPress={() => takeStep(cockpit, poll)}
            hint="B"
          >
            {stepLabel(poll)}
          </Button>
        )}
        <Button kind="quiet" icon="list" onPress={() => openDetails(poll)} hint="V">
          {t("motion.details")}
        </Button>
      </div>
    </article>
  );
}

/** The polls to show: the item's own, and those of other items that are still under way; by urgency. */
function sorted(cockpit: Cockpit, item: Item | undefined): readonly Poll[] {
  const own = cockpit.polls.filter(
    (poll) => poll.agenda_item_id === (item?.id ?? null) || poll.agenda_item_id === null,
  );
  const under = cockpit.polls.filter(
    (poll) => !own.includes(poll) && (poll.state === "open" || poll.state === "closed"),
  );
  return byUrgency([...under, ...own]);
}

function useMotionKeys(cockpit: Cockpit, polls: readonly Poll[], chosen: Poll | undefined): void {
  const ids = polls.map((poll) => poll.id);
  const choose = (by: number) => move(chosenPoll, ids, chosen?.id, by);
  const nothing = chosen ? undefined : t("motion.why.none");
  usePartKeys("now", {
    ArrowDown: {
      label: t("motion.choose"),
      run: () => choose(1),
      reason: ids.length > 1 ? undefined : t("motion.none"),
    },
    ArrowUp: { label: t("motion.choose"), hidden: true, run: () => choose(-1) },
  });
  useKeys(
    {
      b: {
        label: t("motion.next"),
        run: () => void (chosen && takeStep(cockpit, chosen)),
        reason: whyNotStep(cockpit, chosen),
      },
      v: {
        label: t("motion.details"),
        run: () => {
          if (chosen) sheet.value = { kind: "poll", id: chosen.id };
        },
        reason: nothing,
      },
      l: {
        label: t("batch.key"),
        run: () => {
          sheet.value = { kind: "batch" };
        },
        reason: cockpit.whyNotLead,
      },
    },
    { title: t("motion.title") },
  );
  useBatchKeys(cockpit);
}

/** A vote that opens takes the place of the chosen one; what is chosen by hand comes into view. */
function useChosenInView(cockpit: Cockpit, chosen: number | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const opened = cockpit.openPoll?.id;
  useEffect(() => {
    if (opened !== undefined) chosenPoll.value = undefined;
  }, [opened]);
  useEffect(() => {
    if (chosenPoll.peek() === undefined && opened === undefined) return;
    list.current?.querySelector(".motion-chosen")?.scrollIntoView({ block: "nearest" });
  }, [chosen, opened]);
  return list;
}

/** When the draft that repeats an annulled vote has come, it is the one to go on with. */
function useRepeated(polls: readonly Poll[]): void {
  const made = polls.find((poll) => poll.replaces_id !== null && poll.replaces_id === repeated.value);
  useEffect(() => {
    if (made === undefined) return;
    chosenPoll.value = made.id;
    repeated.value = undefined;
  }, [made?.id]);
}

function Sheets({ cockpit }: { readonly cockpit: Cockpit }) {
  const shown = sheet.value;
  const close = () => {
    sheet.value = undefined;
  };
  if (shown?.kind === "batch") return <BatchSheet cockpit={cockpit} onClose={close} />;
  const poll = shown && cockpit.polls.find((one) => one.id === shown.id);
  return poll ? <PollSheet key={poll.id} cockpit={cockpit} poll={poll} onClose={close} /> : null;
}

/** See the top of this file. */
export function Motions({ cockpit, item }: { readonly cockpit: Cockpit; readonly item: Item | undefined }) {
  const polls = sorted(cockpit, item);
  const chosen = polls.find((poll) => poll.id === chosenPoll.value) ?? polls[0];
  useMotionKeys(cockpit, polls, chosen);
  useRepeated(polls);
  const list = useChosenInView(cockpit, chosen?.id);
  return (
    <div ref={list} class="motions">
      <h3 class="section-title">{t("motion.title")}</h3>
      <BatchStrip cockpit={cockpit} />
      {polls.length === 0 && <p class="empty">{t("motion.none")}</p>}
      {polls.map((poll) => {
        const Shown = poll.id === chosen?.id ? Card : Line;
        return <Shown key={poll.id} cockpit={cockpit} poll={poll} />;
      })}
      <Sheets cockpit={cockpit} />
    </div>
  );
}

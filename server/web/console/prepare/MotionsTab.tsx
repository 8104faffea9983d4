/** Votes of the meeting: text, base, threshold as a fraction, changeable or not. Changed only while not opened. */

import { Button } from "@common/components/Button.tsx";
import { useState } from "preact/hooks";
import { removePoll } from "../calls/room.ts";
import { t, word } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { say } from "../parts/say.ts";
import { ballotText, rulesWords, ruleText } from "../run/polls.ts";
import type { Poll } from "../shapes.ts";
import { MotionSheet } from "./MotionSheet.tsx";
import type { TabProps } from "./Prepare.tsx";

function askRemove(meetingId: number, poll: Poll): void {
  ask({
    title: t("motions.remove.title"),
    says: [poll.title],
    action: t("form.remove"),
    key: "b",
    danger: true,
    run: () => act(removePoll(meetingId, poll.id), () => t("motions.removed")),
  });
}

/** See the top of this file. */
export function MotionsTab({ meetingId, reason }: TabProps) {
  const vote = useMeeting(meetingId, "vote");
  const items = useMeeting(meetingId, "agenda")?.items ?? [];
  const [edited, edit] = useState<Poll | "new" | undefined>(undefined);
  return (
    <section>
      <header class="page-head">
        <p class="help">{t("motions.help")}</p>
        <Button icon="plus" kind="primary" reason={reason} onPress={() => edit("new")}>
          {t("motions.add")}
        </Button>
      </header>
      {vote?.polls.length === 0 && <p class="empty">{t("motions.none")}</p>}
      <ul class="motion-list">
        {vote?.polls.map((poll) => {
          const item = items.find((one) => one.id === poll.agenda_item_id);
          const words = rulesWords(poll, vote.rules);
          const fixed = reason ?? (poll.state === "draft" ? undefined : t("motions.opened"));
          return (
            <li key={poll.id} class="motion-line">
              <div>
                <h2>{poll.title}</h2>
                <small>
                  {[item && t("agenda.item", { number: item.number }), words && say(words.name, words.name_en)]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
                <small>{`${ruleText(poll.rule)} · ${ballotText(poll)}`}</small>
                {poll.annulled_reason && <small>{t("motion.annulled", { reason: poll.annulled_reason })}</small>}
              </div>
              <span class={`chip chip-poll-${poll.state}`}>{word("poll", poll.state)}</span>
              <div class="buttons">
                <Button kind="quiet" icon="pen" onPress={() => edit(poll)} reason={fixed} reasonHidden>
                  {t("form.edit")}
                </Button>
                <Button
                  kind="quiet"
                  icon="trash"
                  label={t("form.remove")}
                  onPress={() => askRemove(meetingId, poll)}
                  reason={fixed}
                  reasonHidden
                />
              </div>
            </li>
          );
        })}
      </ul>
      {edited && (
        <MotionSheet
          meetingId={meetingId}
          poll={edited === "new" ? undefined : edited}
          items={items}
          onClose={() => edit(undefined)}
        />
      )}
    </section>
  );
}

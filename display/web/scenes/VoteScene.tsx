/** A vote in progress: the motion, the rule, how many have voted, the time left. Never a partial result. */

import { useServerTime } from "@common/components/Clock.tsx";
import { formatClock, formatCountdown } from "@common/i18n/index.ts";
import type { PollView } from "@common/types.gen.ts";
import { baseText, excludedText, namedText, quorumText, ruleText, wordsOf } from "../../../kiosk/web/i18n/rule.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";
import { AnnulledScene } from "./AnnulledScene.tsx";

/** See above. */
export function VoteScene() {
  const poll = useWall("vote")?.poll;
  if (poll == null) return <p class="plain">{t("vote.none")}</p>;
  if (poll.state === "annulled") return <AnnulledScene poll={poll} />;
  const open = poll.state === "open";
  return (
    <section class="vote-scene">
      <div class="vote-words">
        <p class="gold">{headOf(poll)}</p>
        <h2>{poll.title}</h2>
        {poll.motion !== "" && poll.motion !== poll.title && <p class="vote-motion">{poll.motion}</p>}
      </div>
      {poll.state !== "draft" && (
        <>
          <div class="vote-figures">
            <p>
              <strong class="figure">{`${poll.cast}/${poll.entitled_present}`}</strong>
              <span>{t("vote.cast")}</span>
            </p>
            {open && <VoteTime poll={poll} />}
            {poll.state === "closed" && <p class="vote-wait">{t("vote.wait")}</p>}
          </div>
          {open && <GoesOn poll={poll} />}
          <progress
            class="vote-progress"
            value={poll.cast}
            max={Math.max(1, poll.entitled_present)}
            aria-hidden="true"
          />
        </>
      )}
      <RuleLines poll={poll} />
    </section>
  );
}

/** What goes on, and which of a batch it is. */
function headOf({ state, batch }: PollView): string {
  if (state === "draft") return t("vote.soon");
  if (state !== "open") return t("vote.closed");
  return batch === null ? t("vote.title") : t("vote.batch", { place: batch.place, size: batch.size });
}

/** The rule: how many are needed, of what, who is left out, the quorum, and where it stands. */
function RuleLines({ poll }: { readonly poll: PollView }) {
  const { rule } = poll;
  const { words } = rule;
  const most = poll.kind === "choice" && t("vote.most", { most: poll.choose_most ?? 1, of: poll.option_count });
  return (
    <div class="vote-rule">
      <p>{[most, ruleText(rule, poll.kind)].filter(Boolean).join(" · ")}</p>
      {rule.exclusions.length > 0 && (
        <p class="soft">{`${baseText(rule)} ${rule.exclusions.map(excludedText).join("; ")}`}</p>
      )}
      <p class="soft">{`${quorumText(rule)} ${namedText(poll.named)}`}</p>
      {words && <p class="soft">{`${wordsOf(rule)} · ${words.citation}`}</p>}
    </div>
  );
}

/** A pause stops no vote that is open; the room must not think so. */
function GoesOn({ poll }: { readonly poll: PollView }) {
  if (useWall("header")?.state !== "paused") return null;
  const until = poll.deadline_ms;
  return (
    <p class="vote-goes-on">
      {until === null ? t("vote.goes-on") : t("vote.goes-on.until", { time: formatClock(until) })}
    </p>
  );
}

function VoteTime({ poll }: { readonly poll: PollView }) {
  const now = useServerTime();
  if (poll.deadline_ms === null) return null;
  const left = poll.deadline_ms - now;
  if (left <= 0) return <p class="vote-wait">{t("vote.up")}</p>;
  return (
    <p class={left <= 10_000 ? "vote-short" : ""}>
      <strong class="figure">{formatCountdown(left)}</strong>
      <span>{t("vote.left")}</span>
    </p>
  );
}

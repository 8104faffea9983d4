/** A vote in progress: the motion, the rule, how many have voted, the time left. Never a partial result. */

import { useServerTime } from "@common/components/Clock.tsx";
import { formatClock, formatCountdown } from "@common/i18n/index.ts";
import type { PollView } from "@common/types.gen.ts";
import { ruleText } from "../../../kiosk/web/i18n/rule.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";

/** See above. */
export function VoteScene() {
  const poll = useWall("vote")?.poll;
  if (poll == null) return <p class="plain">{t("vote.none")}</p>;
  const open = poll.state === "open";
  return (
    <section class="vote-scene">
      <div class="vote-words">
        <p class="gold">{open ? t("vote.title") : t("vote.closed")}</p>
        <h2>{poll.title}</h2>
        {poll.motion !== "" && poll.motion !== poll.title && <p class="vote-motion">{poll.motion}</p>}
      </div>
      <div class="vote-figures">
        <p>
          <strong class="figure">{`${poll.cast}/${poll.entitled_present}`}</strong>
          <span>{t("vote.cast")}</span>
        </p>
        {open && <VoteTime poll={poll} />}
        {poll.state === "closed" && <p class="vote-wait">{t("vote.wait")}</p>}
      </div>
      {open && <GoesOn poll={poll} />}
      <progress class="vote-progress" value={poll.cast} max={Math.max(1, poll.entitled_present)} aria-hidden="true" />
      <p class="soft">{ruleText(poll.rule)}</p>
    </section>
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

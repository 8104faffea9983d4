/** The published result: the verdict in words, three bars with numbers, the rule below. */

import { Icon } from "@common/components/Icon.tsx";
import { VoteBars } from "@common/components/VoteBars.tsx";
import { ruleText } from "../../../kiosk/web/i18n/rule.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";

/** See above. */
export function ResultScene() {
  const poll = useWall("vote")?.poll;
  const tally = poll?.tally;
  if (poll == null || tally == null) return <p class="plain">{t("result.none")}</p>;
  const { votes_for, votes_against, not_voting, base_count, needed, passed, not_cast } = tally;
  return (
    <section class="result-scene">
      <div class="result-words">
        <p class="gold">{t("result.title")}</p>
        <h2>{poll.title}</h2>
      </div>
      <p class={passed ? "verdict verdict-passed" : "verdict verdict-failed"}>
        <Icon name={passed ? "check" : "cross"} size="1em" />
        <strong>{`${passed ? t("result.passed") : t("result.failed")}:`}</strong>
        <span>{t("result.verdict", { for: votes_for, base: base_count, needed })}</span>
      </p>
      <VoteBars
        counts={{ for: votes_for, against: votes_against, abstain: not_voting }}
        base={Math.max(base_count, votes_for, votes_against, not_voting)}
        needed={needed}
      />
      <p class="soft">{`${ruleText({ ...poll.rule, base_count, needed })} · ${t("result.not-cast", { n: not_cast })}`}</p>
    </section>
  );
}

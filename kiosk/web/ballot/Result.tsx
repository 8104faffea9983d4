/** The published result: verdict in words, three bars with numbers, the rule below. */

import { VoteBars } from "@common/components/VoteBars.tsx";
import type { OwnBallot, PollView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { ruleText } from "../i18n/rule.ts";

export interface ResultProps {
  readonly poll: PollView;
  readonly ballot: OwnBallot | undefined;
}

/** See ResultProps. */
export function Result({ poll }: ResultProps) {
  const { tally } = poll;
  if (tally === null) return <p class="ballot-words">{t("ballot.ended.next")}</p>;
  const { votes_for, votes_against, not_voting, base_count, needed, passed, not_cast } = tally;
  return (
    <div class="ballot-result">
      <p class={passed ? "ballot-verdict ballot-good" : "ballot-verdict ballot-warn"}>
        <strong>{passed ? t("ballot.passed") : t("ballot.failed")}</strong>
        <span>{t("ballot.verdict", { for: votes_for, base: base_count, needed })}</span>
      </p>
      <VoteBars
        counts={{ for: votes_for, against: votes_against, abstain: not_voting }}
        base={Math.max(base_count, votes_for, votes_against, not_voting)}
        needed={needed}
      />
      <p class="ballot-rule">
        {`${ruleText({ ...poll.rule, base_count, needed })} · ${t("ballot.not-cast", { n: not_cast })}`}
      </p>
    </div>
  );
}

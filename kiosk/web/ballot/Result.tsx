/** The published result: verdict in words, bars with numbers, the rule below. All figures are those of the sealed record. */

import { VoteBars } from "@common/components/VoteBars.tsx";
import type { PollView, Tally } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { ruleText } from "../i18n/rule.ts";
import { barsOf, chosenText, tieText, verdictText } from "../i18n/tally.ts";
import { isLong } from "./draft.ts";
import { LongResult } from "./later.ts";

/** See above. */
export function Result({ poll }: { readonly poll: PollView }) {
  const { tally } = poll;
  if (tally === null) return <p class="ballot-words">{t("ballot.ended.next")}</p>;
  const { base_count, needed, not_cast } = tally;
  return (
    <div class="ballot-result">
      {isLong(poll) ? <Chosen poll={poll} tally={tally} /> : <Verdict poll={poll} tally={tally} />}
      {isLong(poll) ? (
        <LongResult poll={poll} tally={tally} />
      ) : (
        <VoteBars counts={barsOf(poll.kind, tally)} base={base_count} needed={needed} />
      )}
      <p class="ballot-rule">
        {`${ruleText({ ...poll.rule, base_count, needed }, poll.kind)} · ${t("ballot.not-cast", { n: not_cast })}`}
      </p>
    </div>
  );
}

interface PartProps {
  readonly poll: PollView;
  readonly tally: Tally;
}

function Verdict({ poll, tally }: PartProps) {
  return (
    <p class={tally.passed ? "ballot-verdict ballot-good" : "ballot-verdict ballot-warn"}>
      <strong>{tally.passed ? t("ballot.passed") : t("ballot.failed")}</strong>
      <span>{verdictText(poll.kind, tally)}</span>
    </p>
  );
}

function Chosen({ poll, tally }: PartProps) {
  const tie = tieText(poll, tally);
  const chosen = chosenText(poll, tally);
  if (chosen === undefined) return <span />;
  return (
    <p class="ballot-verdict">
      <span>{chosen}</span>
      {tie && <small class="ballot-warn">{tie}</small>}
    </p>
  );
}

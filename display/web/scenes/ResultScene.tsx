/** The published result: the verdict in words, bars with numbers, the rule below. All figures are of the sealed record. */

import { Icon } from "@common/components/Icon.tsx";
import { LevelLegend } from "@common/components/ResultRows.tsx";
import { VoteBars } from "@common/components/VoteBars.tsx";
import type { PollView, Tally } from "@common/types.gen.ts";
import { ruleText, wordsOf } from "../../../kiosk/web/i18n/rule.ts";
import { barsOf, chosenText, tallyRows, tieText, verdictText } from "../../../kiosk/web/i18n/tally.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";
import { AnnulledScene } from "./AnnulledScene.tsx";
import { RowsScene } from "./RowsScene.tsx";

/** See above. */
export function ResultScene() {
  const poll = useWall("vote")?.poll;
  if (poll?.state === "annulled") return <AnnulledScene poll={poll} />;
  const tally = poll?.tally;
  if (poll == null || tally == null) return <p class="plain">{t("result.none")}</p>;
  return poll.kind === "choice" || poll.kind === "confidence" ? (
    <Rows poll={poll} tally={tally} />
  ) : (
    <Verdict poll={poll} tally={tally} />
  );
}

interface PartProps {
  readonly poll: PollView;
  readonly tally: Tally;
}

/** The rule with the figures of the record, and how many cast no ballot. */
function ruleOf({ poll, tally }: PartProps): string {
  const { base_count, needed, not_cast } = tally;
  return `${ruleText({ ...poll.rule, base_count, needed }, poll.kind)} · ${t("result.not-cast", { n: not_cast })}`;
}

function Verdict({ poll, tally }: PartProps) {
  const { base_count, needed, passed } = tally;
  const { words } = poll.rule;
  return (
    <section class="result-scene">
      <div class="result-words">
        <p class="gold">{t("result.title")}</p>
        <h2>{poll.title}</h2>
      </div>
      <p class={passed ? "verdict verdict-passed" : "verdict verdict-failed"}>
        <Icon name={passed ? "check" : "cross"} size="1em" />
        <strong>{`${passed ? t("result.passed") : t("result.failed")}:`}</strong>
        <span>{verdictText(poll.kind, tally)}</span>
      </p>
      <VoteBars counts={barsOf(poll.kind, tally)} base={base_count} needed={needed} />
      <div class="result-rule soft">
        <p>{ruleOf({ poll, tally })}</p>
        {words && <p>{`${wordsOf(poll.rule)} · ${words.citation}`}</p>}
      </div>
    </section>
  );
}

function Rows({ poll, tally }: PartProps) {
  const levels = poll.kind === "confidence";
  const chosen = chosenText(poll, tally);
  const tie = tieText(poll, tally);
  return (
    <RowsScene
      kind={t("result.title")}
      title={poll.title}
      figures={t("result.cast", { cast: tally.cast, base: tally.base_count })}
      base={tally.base_count}
      lists={[{ rows: tallyRows(tally), needed: levels ? undefined : tally.needed }]}
      wide={levels}
    >
      {levels && <LevelLegend />}
      {chosen && <p class="gold">{chosen}</p>}
      {tie && <p class="vote-short">{tie}</p>}
      <p class="soft">{ruleOf({ poll, tally })}</p>
    </RowsScene>
  );
}

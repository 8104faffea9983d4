/** A vote on paper: take your ballot, how many are out and in, and the published result. */

import { LevelLegend } from "@common/components/ResultRows.tsx";
import { formatNumber, language } from "@common/i18n/index.ts";
import type { PublicPaperVote, PublicResult } from "@common/types.gen.ts";
import { t as words } from "../../../kiosk/web/i18n/paper.ts";
import { fromHighToLow, inOrder, isConfidence } from "../../../kiosk/web/paper/rows.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";
import { RowsScene } from "./RowsScene.tsx";

/** See above. */
export function PaperScene() {
  const vote = useWall("paper")?.vote;
  if (vote == null) return <p class="plain">{t("paper.none")}</p>;
  if (vote.result === null) return <UnderWay vote={vote} />;
  return isConfidence(vote) ? (
    <Confidence vote={vote} result={vote.result} />
  ) : (
    <Election vote={vote} result={vote.result} />
  );
}

function titleOf(vote: PublicPaperVote): string {
  return vote.round > 1 ? `${vote.title} (${words("paper.round", { n: vote.round })})` : vote.title;
}

const STATES = ["counting", "compared", "closed", "annulled"] as const;

function stateText(state: string): string {
  if (state === "issued") return words("paper.take.all");
  const known = STATES.find((one) => one === state);
  return known === undefined ? words("paper.soon") : words(`paper.${known}`);
}

function Figure({ count, text }: { readonly count: number | null; readonly text: string }) {
  if (count === null) return null;
  return (
    <p>
      <strong class="figure">{formatNumber(count)}</strong>
      <span>{text}</span>
    </p>
  );
}

function UnderWay({ vote }: { readonly vote: PublicPaperVote }) {
  const rule = language.value === "en" ? vote.rule_en : vote.rule;
  const facts = [vote.seats > 0 && words("paper.seats", { n: vote.seats }), rule, vote.citation];
  return (
    <section class="vote-scene">
      <div class="vote-words">
        <p class="gold">{words("paper.title")}</p>
        <h2>{titleOf(vote)}</h2>
        <p class={vote.state === "annulled" ? "vote-short" : ""}>{stateText(vote.state)}</p>
      </div>
      <div class="vote-figures">
        <Figure count={vote.issued} text={words("paper.issued")} />
        <Figure count={vote.returned} text={words("paper.returned")} />
      </div>
      {vote.withdrawn.length > 0 && (
        <p class="vote-short">{words("paper.withdrawn", { names: vote.withdrawn.join(", ") })}</p>
      )}
      <p class="soft">{facts.filter(Boolean).join(" · ")}</p>
    </section>
  );
}

interface ResultProps {
  readonly vote: PublicPaperVote;
  readonly result: PublicResult;
}

function figuresOf({ figures }: PublicResult): string {
  const { issued, returned, valid, invalid } = figures;
  return words("paper.figures", { issued, returned, valid, invalid });
}

function Election({ vote, result }: ResultProps) {
  const { needed, base_count: base, elected, next, next_en } = result;
  const ranked = fromHighToLow(result);
  const none = ranked.length === 0;
  const lists = [
    { title: words("paper.in-order"), rows: inOrder(vote, result), needed },
    {
      title: none ? words("paper.elected.none") : words("paper.elected", { n: elected.length, seats: vote.seats }),
      rows: ranked,
      needed,
    },
  ];
  const then = language.value === "en" ? next_en : next;
  return (
    <RowsScene kind={words("paper.result")} title={titleOf(vote)} figures={figuresOf(result)} base={base} lists={lists}>
      <p>
        {then !== "" && <span class="vote-short">{then} </span>}
        <span class="soft">{words("paper.needed", { needed, base })}</span>
      </p>
    </RowsScene>
  );
}

function Confidence({ vote, result }: ResultProps) {
  const kind = words("paper.result.confidence");
  const lists = [{ rows: inOrder(vote, result) }];
  return (
    <RowsScene
      kind={kind}
      title={titleOf(vote)}
      figures={figuresOf(result)}
      base={result.base_count}
      lists={lists}
      wide
    >
      <LevelLegend />
      <p class="soft">{words("paper.base", { base: result.base_count })}</p>
    </RowsScene>
  );
}

/** The published result of a vote on paper, by pages. */

import { LevelLegend, type ResultRow, ResultRows } from "@common/components/ResultRows.tsx";
import { language } from "@common/i18n/index.ts";
import type { PublicPaperVote, PublicResult } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import { t } from "../i18n/paper.ts";
import { Pages, useWide } from "../parts/Pages.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { fromHighToLow, inOrder, isConfidence } from "./rows.ts";
import "./paper.css";

export interface PaperResultProps {
  readonly vote: PublicPaperVote;
  readonly result: PublicResult;
  readonly onClose: () => void;
}

/** See PaperResultProps. */
export function PaperResult({ vote, result, onClose }: PaperResultProps) {
  const confidence = isConfidence(vote);
  const { issued, returned, valid, invalid } = result.figures;
  const facts = [
    vote.round > 1 && t("paper.round", { n: vote.round }),
    t("paper.figures", { issued, returned, valid, invalid }),
    !confidence && t("paper.needed", { needed: result.needed, base: result.base_count }),
  ];
  return (
    <Sheet title={confidence ? t("paper.result.confidence") : t("paper.result")} onClose={onClose}>
      <div class="paper-result">
        <div>
          <h2>{vote.title}</h2>
          <p class="paper-soft">{facts.filter(Boolean).join(" · ")}</p>
        </div>
        {confidence ? <Levels vote={vote} result={result} /> : <Election vote={vote} result={result} />}
      </div>
    </Sheet>
  );
}

interface PartProps {
  readonly vote: PublicPaperVote;
  readonly result: PublicResult;
}

function Levels({ vote, result }: PartProps) {
  return (
    <>
      <Rows rows={inOrder(vote, result)} base={result.base_count} label={vote.title} />
      <LevelLegend />
    </>
  );
}

/** The elected first: that is what one wants to know. The ballot's order is one touch away. */
function Election({ vote, result }: PartProps) {
  const [ranked, setRanked] = useState(true);
  const { elected, needed, base_count: base } = result;
  const then = language.value === "en" ? result.next_en : result.next;
  const title = t("paper.elected", { n: elected.length, seats: vote.seats });
  const rows = ranked ? fromHighToLow(result) : inOrder(vote, result);
  return (
    <>
      <div class="paper-tabs" role="group">
        <button type="button" aria-pressed={ranked} onClick={() => setRanked(true)}>
          {title}
        </button>
        <button type="button" aria-pressed={!ranked} onClick={() => setRanked(false)}>
          {t("paper.in-order")}
        </button>
      </div>
      {ranked && rows.length === 0 ? (
        <p>{t("paper.elected.none")}</p>
      ) : (
        <Rows key={String(ranked)} rows={rows} base={base} needed={needed} label={title} />
      )}
      {then !== "" && <p class="paper-soft paper-next">{then}</p>}
    </>
  );
}

interface RowsProps {
  readonly rows: readonly ResultRow[];
  readonly base: number;
  readonly needed?: number;
  readonly label: string;
}

function Rows({ rows, base, needed, label }: RowsProps) {
  const wide = useWide();
  return (
    <Pages
      rows={rows}
      rem={wide || needed !== undefined ? 2.5 : 4}
      columns={wide && needed !== undefined ? 2 : 1}
      label={label}
      row={(one) => (
        <li key={one.key}>
          <ResultRows rows={[one]} base={base} needed={needed} />
        </li>
      )}
    />
  );
}

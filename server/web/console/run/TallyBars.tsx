/** A result after close, and the verdict in words. Each kind of ballot has its own bars. */

import { VoteBars } from "@common/components/VoteBars.tsx";
import type { ComponentChildren } from "preact";
import { formatNumber, t } from "../i18n/index.ts";
import type { Poll, Tally, TallyLine } from "../shapes.ts";
import { verdictText } from "./polls.ts";

interface BarProps {
  readonly label: ComponentChildren;
  readonly count: number;
  readonly base: number;
  readonly needed?: number;
  readonly tone: "for" | "against" | "abstain" | "plain";
}

function Bar({ label, count, base, needed, tone }: BarProps) {
  const part = (of: number) => (base > 0 ? `${Math.min(1, of / base) * 100}%` : "0%");
  return (
    <div class={`vote-row choice-${tone}`}>
      <dt>{label}</dt>
      <dd class="vote-track" aria-hidden="true">
        <span class="vote-fill" style={{ inlineSize: part(count) }} />
        {needed !== undefined && <span class="vote-needed" style={{ insetInlineStart: part(needed) }} />}
      </dd>
      <dd class="vote-count tabular">{formatNumber(count)}</dd>
    </div>
  );
}

function optionLabel(line: TallyLine): ComponentChildren {
  const mark = line.chosen ? "✓ " : line.tied ? "= " : "";
  const spoken = line.chosen ? t("line.chosen") : line.tied ? t("line.tied") : "";
  return (
    <span class={line.chosen ? "option-name option-chosen" : "option-name"}>
      <span aria-hidden="true">{mark}</span>
      {line.label}
      {spoken && <span class="visually-hidden">{spoken}</span>}
    </span>
  );
}

function Options({ tally }: { readonly tally: Tally }) {
  return (
    <dl class="vote-bars option-bars">
      {tally.lines.map((line) => (
        <Bar
          key={line.label}
          label={optionLabel(line)}
          count={line.votes ?? 0}
          base={tally.base_count}
          needed={tally.needed}
          tone={line.chosen ? "for" : "plain"}
        />
      ))}
    </dl>
  );
}

function Levels({ tally }: { readonly tally: Tally }) {
  return (
    <table class="levels">
      <thead>
        <tr>
          <th scope="col">{t("people.name")}</th>
          <th scope="col">{t("level.high")}</th>
          <th scope="col">{t("level.plain")}</th>
          <th scope="col">{t("level.low")}</th>
        </tr>
      </thead>
      <tbody>
        {tally.lines.map((line) => (
          <tr key={line.label} class={line.notices.length > 0 ? "level-noticed" : ""}>
            <th scope="row">{line.label}</th>
            <td>{line.high}</td>
            <td>{line.plain}</td>
            <td>{line.notices.length > 0 ? `! ${line.low}` : line.low}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figures({ poll, tally }: { readonly poll: Poll; readonly tally: Tally }) {
  if (poll.kind === "choice") return <Options tally={tally} />;
  if (poll.kind === "confidence") return tally.lines.length > 0 ? <Levels tally={tally} /> : null;
  const { votes_for, votes_against, not_voting, other } = tally;
  const counts =
    poll.kind === "opinion"
      ? { agree: votes_for, disagree: votes_against, other }
      : { for: votes_for, against: votes_against, abstain: not_voting };
  return <VoteBars counts={counts} base={tally.base_count} needed={tally.needed} />;
}

/** What is void is struck out: nobody must take it for a result. */
function tone({ state, tally }: Poll): string {
  if (state === "annulled") return "tally-void";
  if (tally === null || tally.passed === null) return "tally-counted";
  return tally.passed ? "tally-passed" : "tally-failed";
}

/** See the top of this file. */
export function TallyBars({ poll }: { readonly poll: Poll }) {
  const { tally } = poll;
  if (tally === null) return null;
  return (
    <div class="tally">
      <Figures poll={poll} tally={tally} />
      <p class={`tally-verdict ${tone(poll)}`}>{verdictText(poll)}</p>
      {tally.not_cast > 0 && <small class="tally-rest">{t("tally.notCast", { n: tally.not_cast })}</small>}
    </div>
  );
}

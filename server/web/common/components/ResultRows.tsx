/**
 * Results with many rows: what each option or candidate got, or the three levels of confidence of each name. Rows stand
 * in as many columns as it takes; a bar runs below each name. Colour never stands alone.
 */

import type { ComponentChildren } from "preact";
import { formatNumber, t } from "../i18n/index.ts";
import type { IconName } from "./Icon.tsx";
import { Icon } from "./Icon.tsx";
import "./ResultRows.css";

/** The levels of confidence, in the order in which they always stand. */
export const LEVELS = ["high", "plain", "low"] as const;
export type Level = (typeof LEVELS)[number];

export const LEVEL_ICONS: Readonly<Record<Level, IconName>> = { high: "up", plain: "dash", low: "down" };

/** The word of a level in the current language. */
export function levelText(level: Level): string {
  return t(`level.${level}`);
}

/** One row. `tone`: good (elected, enough), warn (tied, a threshold reached) or off (does not count). */
export interface ResultRow {
  readonly key: number;
  /** What stands before the name: its place. */
  readonly place?: string;
  readonly name: string;
  /** One number, or the three levels. */
  readonly counts: number | Readonly<Record<Level, number>>;
  readonly note?: string | undefined;
  readonly tone?: "good" | "warn" | "off" | undefined;
}

export interface ResultRowsProps {
  readonly rows: readonly ResultRow[];
  /** What a full bar stands for. */
  readonly base: number;
  /** How many are enough; a line on every bar of single numbers. */
  readonly needed?: number | undefined;
  readonly columns?: number;
}

const MARKS: Readonly<Record<string, IconName>> = { good: "check", warn: "warning", off: "dash" };

/** See ResultRowsProps. Read down the first column, then the next. */
export function ResultRows({ rows, base, needed, columns = 1 }: ResultRowsProps) {
  const down = Math.max(1, Math.ceil(rows.length / columns));
  return (
    <ol
      class={rows.some(({ tone }) => tone) ? "result-rows result-marked" : "result-rows"}
      style={{ gridTemplateRows: `repeat(${down}, minmax(0, auto))` }}
    >
      {rows.map((row) => (
        <li key={row.key} class={row.tone === undefined ? "result-row" : `result-row result-${row.tone}`}>
          <span class="result-place tabular">{row.place}</span>
          <span class="result-name">
            <span class="result-mark">{row.tone && <Icon name={MARKS[row.tone] ?? "info"} size="1em" />}</span>
            <span>{row.name}</span>
            {row.note && <small>{row.note}</small>}
          </span>
          {typeof row.counts === "number" ? (
            <One count={row.counts} base={base} needed={needed} />
          ) : (
            <Three counts={row.counts} base={base} />
          )}
        </li>
      ))}
    </ol>
  );
}

const share = (count: number, base: number) => `${base > 0 ? Math.min(1, count / base) * 100 : 0}%`;

function Track({ children }: { readonly children: ComponentChildren }) {
  return (
    <span class="result-track" aria-hidden="true">
      {children}
    </span>
  );
}

interface OneProps {
  readonly count: number;
  readonly base: number;
  readonly needed: number | undefined;
}

function One({ count, base, needed }: OneProps) {
  return (
    <>
      <strong class="result-count tabular">{formatNumber(count)}</strong>
      <Track>
        <span class="result-fill" style={{ inlineSize: share(count, base) }} />
        {needed !== undefined && base > 0 && (
          <span class="result-needed" style={{ insetInlineStart: share(needed, base) }} />
        )}
      </Track>
    </>
  );
}

/** Three numbers with their marks; what is left of the bar said nothing. */
function Three({ counts, base }: { readonly counts: Readonly<Record<Level, number>>; readonly base: number }) {
  return (
    <>
      <span class="result-levels">
        {LEVELS.map((level) => (
          <span key={level} class={`result-level level-${level}`}>
            <Icon name={LEVEL_ICONS[level]} size="0.9em" label={levelText(level)} />
            <strong class="tabular">{formatNumber(counts[level])}</strong>
          </span>
        ))}
      </span>
      <Track>
        {LEVELS.map((level) => (
          <span key={level} class={`result-fill level-${level}`} style={{ inlineSize: share(counts[level], base) }} />
        ))}
      </Track>
    </>
  );
}

/** What the marks of the levels mean. */
export function LevelLegend() {
  return (
    <p class="level-legend">
      {LEVELS.map((level) => (
        <span key={level} class={`level level-${level}`}>
          <Icon name={LEVEL_ICONS[level]} size="1em" /> {levelText(level)}
        </span>
      ))}
    </p>
  );
}

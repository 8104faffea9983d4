/** A result with many rows: what stands above, the rows in columns and by pages, what stands below. */

import { useServerTime } from "@common/components/Clock.tsx";
import { type ResultRow, ResultRows } from "@common/components/ResultRows.tsx";
import type { ComponentChildren } from "preact";
import { t } from "../i18n/index.ts";
import { columnsFor, pagesOf, turn } from "./layout.ts";
import "./rows.css";

/** One list of rows. `needed`: how many are enough, as a line on every bar. */
export interface RowList {
  readonly title?: string;
  readonly rows: readonly ResultRow[];
  readonly needed?: number | undefined;
}

export interface RowsSceneProps {
  /** What it is, in gold. */
  readonly kind: string;
  readonly title: string;
  readonly figures?: string | undefined;
  /** What a full bar stands for. */
  readonly base: number;
  readonly lists: readonly RowList[];
  /** Rows of three numbers are wide: two columns at most. */
  readonly wide?: boolean;
  readonly children?: ComponentChildren;
}

/** Lists this short stand beside each other. */
const SHORT = 10;
const MOST_WIDE = 16;
/** What a row of one number and one of three take beside each other, in em: a long name keeps its place. */
const NARROW_EM = 17;
const WIDE_EM = 25;

function pagesFor(lists: readonly RowList[], wide: boolean): readonly (readonly RowList[])[] {
  if (lists.length === 2 && lists.every(({ rows }) => rows.length <= SHORT)) return [lists];
  return lists.flatMap((list) => pagesOf(list.rows, wide ? MOST_WIDE : undefined).map((rows) => [{ ...list, rows }]));
}

/** See RowsSceneProps. */
export function RowsScene({ kind, title, figures, base, lists, wide = false, children }: RowsSceneProps) {
  const now = useServerTime();
  const pages = pagesFor(lists, wide);
  const at = turn(pages.length, now);
  const shown = pages[at] ?? [];
  const most = shown.length > 1 ? 1 : wide ? 2 : 3;
  const across = (rows: readonly ResultRow[]) => Math.min(most, columnsFor(rows.length));
  const down = Math.max(1, ...shown.map(({ rows }) => Math.ceil(rows.length / across(rows))));
  const beside = shown.reduce((sum, { rows }) => sum + across(rows), 0);
  return (
    <section class="rows-scene">
      <div class="rows-head">
        <p>
          <span class="gold">{kind}</span>
          <span class="soft">{figures}</span>
        </p>
        <h2>{title}</h2>
      </div>
      <div class="rows-lists" style={{ "--down": down, "--wide": beside * (wide ? WIDE_EM : NARROW_EM) }}>
        {shown.map(({ title: head, rows, needed }) => (
          <div key={head} class="rows-list">
            {(head || pages.length > 1) && (
              <h3>
                <span>{head}</span>
                {pages.length > 1 && <span class="soft">{t("rows.page", { page: at + 1, pages: pages.length })}</span>}
              </h3>
            )}
            <ResultRows rows={rows} base={base} needed={needed} columns={across(rows)} />
          </div>
        ))}
      </div>
      <div class="rows-foot">{children}</div>
    </section>
  );
}

/** The names in the order of the ballot, all on one screen, each with what was entered. The cursor stands on one line. */

import { Icon, type IconName } from "@common/components/Icon.tsx";
import type { BallotLine } from "@common/types.gen.ts";
import { useEffect, useRef } from "preact/hooks";
import { t, word } from "../i18n/index.ts";
import { layoutOf, shortName } from "./layout.ts";

/** With more columns than this a mark is its sign alone; with one more, names are given names with initials. */
const NARROW = 3;

/** A mark has a sign, a word and a colour; never a colour alone. */
const SIGNS: Readonly<Record<string, { readonly icon?: IconName; readonly glyph?: string; readonly tone: string }>> = {
  k: { icon: "check", tone: "good" },
  s: { icon: "cross", tone: "bad" },
  f: { icon: "check", tone: "good" },
  a: { icon: "cross", tone: "bad" },
  b: { icon: "warning", tone: "warn" },
  h: { icon: "up", tone: "good" },
  p: { icon: "dash", tone: "warn" },
  l: { icon: "down", tone: "bad" },
  m: { icon: "warning", tone: "warn" },
  n: { glyph: "□", tone: "none" },
  "?": { glyph: "·", tone: "open" },
};

export function Mark({ letter }: { readonly letter: string }) {
  const sign = SIGNS[letter];
  return (
    <span class={`mark mark-${sign?.tone ?? "open"}`}>
      {sign?.icon && <Icon name={sign.icon} size="1em" />}
      {sign?.glyph && (
        <span class="mark-glyph" aria-hidden="true">
          {sign.glyph}
        </span>
      )}
      <span class="mark-word">{word("mark", letter)}</span>
    </span>
  );
}

interface Props {
  readonly lines: readonly BallotLine[];
  readonly marks: string;
  readonly cursor: number;
  /** The whole ballot is invalid: what stands on the lines does not matter. */
  readonly off: boolean;
  readonly label: string;
  readonly onLine: (line: number) => void;
}

/** See the top of this file. */
export function Sheet({ lines, marks, cursor, off, label, onLine }: Props) {
  const { columns, rows, tight } = layoutOf(lines.length);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector(".line-at")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [cursor]);
  return (
    <ol
      ref={list}
      id="sheet"
      class={`sheet${tight ? " sheet-tight" : ""}${columns === 1 ? " sheet-one" : ""}${columns > NARROW ? " sheet-narrow" : ""}${off ? " sheet-off" : ""}`}
      style={{
        gridTemplateRows: `repeat(${rows}, minmax(0, ${tight ? "2.25rem" : "3.5rem"}))`,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
      }}
      aria-label={label}
      tabIndex={-1}
    >
      {lines.map((one) => {
        const mark = marks[one.line - 1] ?? "?";
        const classes = ["line", `line-${mark === "?" ? "open" : mark}`, one.line === cursor && "line-at"];
        return (
          <li key={one.line} class={[...classes, !one.counts && "line-gone"].filter(Boolean).join(" ")}>
            <button
              type="button"
              class="line-press"
              tabIndex={-1}
              aria-current={one.line === cursor ? "true" : undefined}
              onClick={() => onLine(one.line)}
            >
              <span class="line-number tabular">{one.line}</span>
              <span class="line-name">
                <span class="line-words" title={one.name}>
                  {columns > NARROW + 1 ? shortName(one.name) : one.name}
                </span>
                {!one.counts && <small>{t("line.gone")}</small>}
                {one.counts && !tight && one.detail && <small>{one.detail}</small>}
              </span>
              <Mark letter={mark} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

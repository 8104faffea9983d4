/** A list or names as a ballot marks them, read back before and after it is cast. */

import { Icon } from "@common/components/Icon.tsx";
import { LEVEL_ICONS, LEVELS, levelText } from "@common/components/ResultRows.tsx";
import type { PollView } from "@common/types.gen.ts";
import { t } from "../../i18n/index.ts";
import { Pages, useWide } from "../../parts/Pages.tsx";
import { mostOf, type Said } from "../draft.ts";
import "./long.css";

export interface SaidListProps {
  readonly words: string;
  readonly poll: PollView;
  readonly said: Said;
}

/** See SaidListProps. */
export function SaidList({ words, poll, said }: SaidListProps) {
  const wide = useWide();
  if (said.kind === "one") return null;
  const places = said.kind === "options" ? said.options.map((number) => number - 1) : poll.options.map((_, at) => at);
  return (
    <div class="said">
      <p class="said-words">
        {words} <strong>{summary(poll, said)}</strong>
      </p>
      {places.length > 0 && (
        <Pages
          rows={places}
          rem={2}
          columns={wide ? 2 : 1}
          label={words}
          row={(place) => {
            const level = said.kind === "levels" ? said.levels[place] : undefined;
            return (
              <li key={place} class="said-row">
                <span class="tabular">{`${place + 1}.`}</span>
                <span class="said-name">{poll.options[place]}</span>
                {level && (
                  <span class={`level level-${level}`}>
                    <Icon name={LEVEL_ICONS[level]} size="1em" /> {levelText(level)}
                  </span>
                )}
              </li>
            );
          }}
        />
      )}
    </div>
  );
}

function summary(poll: PollView, said: Said): string {
  if (said.kind === "options") {
    if (said.options.length === 0) return t("many.none");
    return t("many.count.only", { n: said.options.length, most: mostOf(poll) });
  }
  if (said.kind !== "levels") return "";
  const counts = LEVELS.map((level) => ({ level, n: said.levels.filter((one) => one === level).length }));
  return counts
    .filter(({ n }) => n > 0)
    .map(({ level, n }) => `${levelText(level)}: ${n}`)
    .join(" · ");
}

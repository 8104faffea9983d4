/** Votes: one order, one mark and one word everywhere. Colour never stands alone. */

import { formatNumber, formatPercent, t } from "../i18n/index.ts";
import { sharesOf } from "../shares.ts";
import type { IconName } from "./Icon.tsx";
import { Icon } from "./Icon.tsx";
import "./VoteBars.css";

/** The choices of a motion, in the order in which they always stand. */
export const CHOICES = ["for", "against", "abstain"] as const;
/** The choices of an opinion: the third is written. */
export const OPINIONS = ["agree", "disagree", "other"] as const;

export type Choice = (typeof CHOICES)[number] | (typeof OPINIONS)[number];

/** Choice → its pictogram: ✓ ✕ – and a pen for what is written. */
export const CHOICE_ICONS: Readonly<Record<Choice, IconName>> = {
  for: "check",
  against: "cross",
  abstain: "dash",
  agree: "check",
  disagree: "cross",
  other: "pen",
};

/** The word of a choice in the current language. */
export function choiceText(choice: Choice): string {
  return t(`vote.${choice}`);
}

/** Mark and word of one choice in its colour. */
export function ChoiceMark({ choice }: { readonly choice: Choice }) {
  return (
    <span class={`choice choice-${choice}`}>
      <Icon name={CHOICE_ICONS[choice]} />
      {choiceText(choice)}
    </span>
  );
}

export interface VoteBarsProps {
  readonly counts: Readonly<Partial<Record<Choice, number>>>;
  /** What a full bar stands for: the base of the rule (all convened, all present …). */
  readonly base: number;
  /** Votes in favour that carry the motion; drawn as a line on the first bar. */
  readonly needed?: number | undefined;
  /** Show the share of the base beside each count; with the share of those who cast no ballot they add up. */
  readonly shares?: boolean;
}

/** Shares are shown in tenths of a per cent. */
const UNITS = 1000;

/** Three bars with counts; those of an opinion where the counts have them. */
export function VoteBars({ counts, base, needed, shares = false }: VoteBarsProps) {
  const choices = counts.agree === undefined ? CHOICES : OPINIONS;
  const part = (count: number) => (base > 0 ? Math.min(1, count / base) : 0);
  const made = sharesOf(
    choices.map((choice) => counts[choice] ?? 0),
    base,
    UNITS,
  );
  return (
    <dl class="vote-bars">
      {choices.map((choice, place) => {
        const count = counts[choice] ?? 0;
        return (
          <div key={choice} class={`vote-row choice-${choice}`}>
            <dt>
              <ChoiceMark choice={choice} />
            </dt>
            <dd class="vote-track" aria-hidden="true">
              <span class="vote-fill" style={{ inlineSize: `${part(count) * 100}%` }} />
              {place === 0 && needed !== undefined && base > 0 && (
                <span class="vote-needed" style={{ insetInlineStart: `${part(needed) * 100}%` }} />
              )}
            </dd>
            <dd class="vote-count tabular">
              {formatNumber(count)}
              {shares && base > 0 && <small>{formatPercent((made[place] ?? 0) / UNITS)}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

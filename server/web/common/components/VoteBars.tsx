/** Votes: one order, one mark and one word everywhere. Colour never stands alone. */

import { formatNumber, formatPercent, t } from "../i18n/index.ts";
import type { IconName } from "./Icon.tsx";
import { Icon } from "./Icon.tsx";
import "./VoteBars.css";

/** The choices of an open vote, in the order in which they always stand. */
export const CHOICES = ["for", "against", "abstain"] as const;

export type Choice = (typeof CHOICES)[number];

/** Choice → its pictogram: ✓ ✕ – */
export const CHOICE_ICONS: Readonly<Record<Choice, IconName>> = { for: "check", against: "cross", abstain: "dash" };

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
  readonly counts: Readonly<Record<Choice, number>>;
  /** What a full bar stands for: the base of the rule (all convened, all present …). */
  readonly base: number;
  /** Votes in favour that carry the motion; drawn as a line on the first bar. */
  readonly needed?: number | undefined;
  /** Show the share of the base beside each count. */
  readonly shares?: boolean;
}

/** Three bars with counts. */
export function VoteBars({ counts, base, needed, shares = false }: VoteBarsProps) {
  const part = (count: number) => (base > 0 ? Math.min(1, count / base) : 0);
  return (
    <dl class="vote-bars">
      {CHOICES.map((choice) => (
        <div key={choice} class={`vote-row choice-${choice}`}>
          <dt>
            <ChoiceMark choice={choice} />
          </dt>
          <dd class="vote-track" aria-hidden="true">
            <span class="vote-fill" style={{ inlineSize: `${part(counts[choice]) * 100}%` }} />
            {choice === "for" && needed !== undefined && base > 0 && (
              <span class="vote-needed" style={{ insetInlineStart: `${part(needed) * 100}%` }} />
            )}
          </dd>
          <dd class="vote-count tabular">
            {formatNumber(counts[choice])}
            {shares && base > 0 && <small>{formatPercent(counts[choice] / base)}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

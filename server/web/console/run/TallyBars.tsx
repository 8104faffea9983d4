/** A result after close, and the verdict in words. */

import { VoteBars } from "@common/components/VoteBars.tsx";
import type { Tally } from "../shapes.ts";
import { verdictText } from "./polls.ts";

/** See the top of this file. */
export function TallyBars({ tally }: { readonly tally: Tally }) {
  const counts = { for: tally.votes_for, against: tally.votes_against, abstain: tally.not_voting };
  return (
    <div class="tally">
      <VoteBars counts={counts} base={tally.base_count} needed={tally.needed} />
      <p class={tally.passed ? "tally-verdict tally-passed" : "tally-verdict tally-failed"}>{verdictText(tally)}</p>
    </div>
  );
}

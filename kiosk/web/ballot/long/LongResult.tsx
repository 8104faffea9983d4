/** The published result of a list or of names, by pages. The figures are those of the sealed record. */

import { LevelLegend, ResultRows } from "@common/components/ResultRows.tsx";
import type { PollView, Tally } from "@common/types.gen.ts";
import { t } from "../../i18n/index.ts";
import { tallyRows } from "../../i18n/tally.ts";
import { Pages, useWide } from "../../parts/Pages.tsx";
import "./long.css";

/** See above. */
export function LongResult({ poll, tally }: { readonly poll: PollView; readonly tally: Tally }) {
  const wide = useWide();
  const levels = poll.kind === "confidence";
  return (
    <div class="long long-result">
      <Pages
        rows={tallyRows(tally)}
        rem={levels && !wide ? 4 : 2.5}
        columns={levels || !wide ? 1 : 2}
        label={t("ballot.result")}
        row={(one) => (
          <li key={one.key}>
            <ResultRows rows={[one]} base={tally.base_count} needed={levels ? undefined : tally.needed} />
          </li>
        )}
      />
      {levels && <LevelLegend />}
    </div>
  );
}

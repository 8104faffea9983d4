/** Ballots as PDF: A4 or A5, so many copies. A draft's is a proof. */

import { useState } from "preact/hooks";
import { ballotsPdf } from "./calls.ts";
import { t } from "./i18n/index.ts";
import type { Section } from "./shapes.ts";

const SIZES = ["a4", "a5"] as const;

/** See the top of this file. */
export function PrintCard({ meetingId, vote }: Section) {
  const [copies, setCopies] = useState(Math.max(1, vote.rule.base_count ?? vote.rule.convened));
  if (vote.candidates.length === 0) return null;
  const draft = vote.state === "draft";
  return (
    <section class="pv-card" aria-label={t("print.title")}>
      <h3>{draft ? t("print.proof") : t("print.title")}</h3>
      <div class="pv-print">
        {!draft && (
          <label class="field">
            <span>{t("print.copies")}</span>
            <input
              type="number"
              min="1"
              max="5000"
              value={copies}
              onInput={(event) =>
                setCopies(Math.min(5000, Math.max(1, Math.trunc(Number(event.currentTarget.value) || 1))))
              }
            />
          </label>
        )}
        {SIZES.map((size) => (
          <a
            key={size}
            class="button"
            href={ballotsPdf(meetingId, vote.id, size, draft ? 1 : copies)}
            target="_blank"
            rel="noreferrer"
          >
            {t("print.open", { size: size.toUpperCase() })}
          </a>
        ))}
      </div>
      <p class="help">{draft ? t("print.proof.help") : t("print.help")}</p>
    </section>
  );
}

/** The traffic light, what the newest test says, and what to do. */

import { resource } from "@common/api/index.ts";
import { formatDate, formatTime, language } from "@common/i18n/index.ts";
import type { OwnReadiness } from "@common/types.gen.ts";
import { t } from "./i18n/index.ts";
import { lightOf } from "./test/flow.ts";

const MARKS = { green: "✓", amber: "!", red: "✕", off: "–" } as const;

/** The light, with its mark and word: colour never stands alone. */
export function Light({ own }: { own: OwnReadiness | undefined }) {
  const light = lightOf(own);
  const letter = own?.tests[0]?.letter;
  return (
    <div class="site-light" data-light={light}>
      <span class="site-lamp" aria-hidden="true">
        {letter ?? MARKS[light]}
      </span>
      <strong>{t(`light.${light}`)}</strong>
    </div>
  );
}

/** The newest test in words. */
export function Verdict({ own, meeting }: { own: OwnReadiness; meeting: number }) {
  const [test] = own.tests;
  const spoken = language.value;
  if (test === undefined) return <p class="site-hint">{t("verdict.noneHow")}</p>;
  const paper = `/api/meetings/${meeting}/relay/readiness/${test.id}/certificate`;
  return (
    <div class="site-verdict">
      <p class="site-sentence">{test.sentence[spoken]}</p>
      <p>{t("verdict.at", { time: formatTime(test.tested_ms), date: formatDate(test.tested_ms) })}</p>
      {test.letter !== "D" && <p>{test.may_speak ? t("verdict.speak") : t("verdict.mute")}</p>}
      {test.reasons.length > 0 && (
        <>
          <h3>{t("verdict.todo")}</h3>
          <ol class="site-todo">
            {test.reasons.map((reason) => (
              <li key={reason.key}>
                <strong>{t("verdict.reason", { name: reason.name[spoken], why: reason.why[spoken] })}</strong>
                <span>{reason.do[spoken]}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      <p class="site-papers">
        <a href={resource(`${paper}.pdf`)} target="_blank" rel="noopener">
          {t("verdict.certificate")}
        </a>
        <a href={resource(paper)} target="_blank" rel="noopener">
          {t("verdict.signed")}
        </a>
      </p>
    </div>
  );
}

/** A site's tests, the newest first: verdict, reasons with what to do, certificate as paper and as signed file. */

import { ProblemNotice } from "@common/components/Toast.tsx";
import { language } from "@common/i18n/index.ts";
import type { TestView } from "@common/types.gen.ts";
import { certificateJson, certificatePdf, readiness, testsOf } from "./calls.ts";
import { formatClock, formatDate, t } from "./i18n/index.ts";
import { usePolled } from "./usePolled.ts";

export interface TestsTabProps {
  readonly meetingId: number;
  readonly site: number;
}

/** How the test at this moment goes: 0 it runs, else its place in line. */
export function turnText(turn: number | null | undefined): string {
  if (turn === null || turn === undefined) return "";
  return turn === 0 ? t("turn.testing") : t("turn.waiting", { n: turn });
}

/** See the top of this file. */
export function TestsTab({ meetingId, site }: TestsTabProps) {
  const { data, problem } = usePolled(() => testsOf(meetingId, site), [site]);
  const all = usePolled(() => readiness(meetingId), []).data;
  const turn = turnText(all?.sites.find((one) => one.site_id === site)?.turn);
  const [newest, ...older] = data?.tests ?? [];
  return (
    <div class="st-part">
      {problem && <ProblemNotice problem={problem} />}
      {turn !== "" && (
        <p class="st-turn" role="status">
          {turn}
        </p>
      )}
      {data?.tests.length === 0 && <p class="empty">{t("test.none")}</p>}
      {newest && <Test meetingId={meetingId} test={newest} />}
      {older.length > 0 && (
        <section aria-label={t("test.older")}>
          <h3>{t("test.older")}</h3>
          {older.map((one) => (
            <details key={one.id}>
              <summary>
                <strong>{one.letter}</strong> {when(one)}
              </summary>
              <Test meetingId={meetingId} test={one} />
            </details>
          ))}
        </section>
      )}
    </div>
  );
}

function when(test: TestView): string {
  const moment = t("test.at", { time: formatClock(test.tested_ms), date: formatDate(test.tested_ms) });
  return `${moment} · ${t(`phase.${test.phase}`)}`;
}

function Test({ meetingId, test }: { readonly meetingId: number; readonly test: TestView }) {
  const spoken = language.value;
  return (
    <article class="st-test">
      <span class={`st-letter st-${test.letter}`}>{test.letter}</span>
      <div class="st-part">
        <p>
          <strong>{test.sentence[spoken]}</strong>{" "}
          {test.letter !== "D" && (test.may_speak ? t("admission.speaks") : "")}
          <small>{when(test)}</small>
        </p>
        {test.reasons.length === 0 ? (
          <p>{t("test.fine")}</p>
        ) : (
          <>
            <h3>{t("test.todo")}</h3>
            <ol class="st-reasons">
              {test.reasons.map((one) => (
                <li key={`${one.key} ${one.name.vi}`}>
                  <strong>{t("test.reason", { name: one.name[spoken], why: one.why[spoken] })}</strong>
                  <span>{one.do[spoken]}</span>
                </li>
              ))}
            </ol>
          </>
        )}
        <p class="buttons">
          <a class="button" href={certificatePdf(meetingId, test.id)} target="_blank" rel="noopener">
            {t("test.pdf")}
          </a>
          <a class="button" href={certificateJson(meetingId, test.id)} target="_blank" rel="noopener">
            {t("test.json")}
          </a>
        </p>
      </div>
    </article>
  );
}

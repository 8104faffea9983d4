/** The result, from the record alone: figures, the lines in ballot order, the elected from high to low, days to keep. */

import { formatDate, formatNumber } from "@common/i18n/index.ts";
import { calendarFile, minutesFile } from "./calls.ts";
import { language, said, t, word } from "./i18n/index.ts";
import type { Result, Section, Vote } from "./shapes.ts";

type Line = Result["lines"][number];

function Figures({ result }: { readonly result: Result }) {
  const { figures } = result;
  const rows = [
    ["issued", figures.issued],
    ["returned", figures.returned],
    ["not_returned", figures.not_returned],
    ["valid", figures.valid],
    ["invalid", figures.invalid],
  ] as const;
  return (
    <div class="pv-figures">
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`figure.${name}`)}</dt>
            <dd class="tabular">{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      {figures.invalid > 0 && (
        <p>
          {figures.invalid_by
            .filter((one) => one.count > 0)
            .map((one) => `${word("invalid", one.category)}: ${one.count}`)
            .join(" · ")}
        </p>
      )}
    </div>
  );
}

const percent = (hundredths: number) =>
  `${formatNumber(hundredths / 100, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}%`;

function outcome(line: Line, result: Result): string {
  const notices = line.notices.map((code) => {
    const found = result.notices.find((one) => one.code === code);
    return found ? said(found) : code;
  });
  return [line.outcome && word("outcome", line.outcome), ...notices].filter(Boolean).join(" · ");
}

function Lines({ vote, result }: { readonly vote: Vote; readonly result: Result }) {
  const confidence = vote.kind === "confidence";
  const columns = confidence
    ? (["high", "plain", "low", "uncounted"] as const)
    : (["votes", "against", "uncounted"] as const);
  return (
    <table class={confidence ? "table pv-lines pv-levels" : "table pv-lines"}>
      <thead>
        <tr>
          <th scope="col">{t("result.line")}</th>
          <th scope="col">{t("result.name")}</th>
          {columns.map((name) => (
            <th key={name} scope="col" class="pv-number">
              {t(`result.${name}`)}
            </th>
          ))}
          {!confidence && (
            <th scope="col" class="pv-number">
              {t("result.share", { base: result.base_count })}
            </th>
          )}
          <th scope="col">{t("result.outcome")}</th>
        </tr>
      </thead>
      <tbody>
        {result.lines.map((line) => (
          <tr key={line.line} class={`pv-outcome-${line.outcome || "none"}`}>
            <td>{line.line}</td>
            <th scope="row">{line.name}</th>
            {columns.map((name) => (
              <td key={name} class="pv-number">
                {formatNumber(line[name])}
              </td>
            ))}
            {!confidence && <td class="pv-number">{percent(line.share_hundredths)}</td>}
            <td>{outcome(line, result)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function named(result: Result, lines: readonly number[]): readonly Line[] {
  return lines.flatMap((number) => result.lines.find((one) => one.line === number) ?? []);
}

function Elected({ result }: { readonly result: Result }) {
  const next = language.value === "en" ? result.next_en : result.next;
  return (
    <div class="pv-elected">
      <h4>{t("result.elected", { n: result.elected.length, seats: result.seats })}</h4>
      {result.elected.length === 0 && <p class="empty">{t("result.nobody")}</p>}
      <ol>
        {named(result, result.elected).map((line, index) => (
          <li key={line.line}>
            <span class="tabular">{index + 1}</span> <strong>{line.name}</strong>{" "}
            <span class="tabular">{formatNumber(line.votes)}</span>
          </li>
        ))}
      </ol>
      {result.tied.length > 0 && (
        <p class="pv-tied">
          <strong>
            {t("result.tied", {
              names: named(result, result.tied)
                .map((one) => one.name)
                .join(", "),
              votes: named(result, result.tied)[0]?.votes ?? 0,
            })}
          </strong>
        </p>
      )}
      {result.seats_left > 0 && <p>{t("result.left", { n: result.seats_left })}</p>}
      {next && <p class="pv-next">{next}</p>}
    </div>
  );
}

/** See the top of this file. */
export function ResultCard({ meetingId, vote }: Section) {
  const { result } = vote;
  if (result === null) return null;
  return (
    <section class="pv-card pv-result" aria-label={t("result.title")}>
      <header class="pv-head">
        <h3>{t("result.title")}</h3>
        <small>
          {vote.kind === "confidence"
            ? t("result.base", { base: result.base_count })
            : t("result.needed", { needed: result.needed, base: result.base_count })}
        </small>
      </header>
      <Figures result={result} />
      {vote.kind !== "confidence" && <Elected result={result} />}
      <Lines vote={vote} result={result} />
      <div class="buttons">
        <a class="button" href={minutesFile(meetingId, vote.id, "docx")}>
          {t("result.docx")}
        </a>
        <a class="button" href={minutesFile(meetingId, vote.id, "pdf")} target="_blank" rel="noreferrer">
          {t("result.pdf")}
        </a>
        <a class="button" href={calendarFile(meetingId)}>
          {t("result.ics")}
        </a>
      </div>
      <dl class="pv-facts">
        {result.sealed_until && (
          <div>
            <dt>{t("result.sealed")}</dt>
            <dd>{formatDate(result.sealed_until)}</dd>
          </div>
        )}
        {result.complaints_until && (
          <div>
            <dt>{t("result.complaints")}</dt>
            <dd>{formatDate(result.complaints_until)}</dd>
          </div>
        )}
        <div>
          <dt>{t("result.settled")}</dt>
          <dd>{result.settled}</dd>
        </div>
        <div>
          <dt>{t("result.record")}</dt>
          <dd class="mono">{result.record_hash}</dd>
        </div>
      </dl>
    </section>
  );
}

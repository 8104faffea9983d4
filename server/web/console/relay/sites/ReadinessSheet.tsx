/** The readiness of all sites: which test is on, who is missing, whom to call, what the centre's line must carry. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { ReadinessView, SiteTested } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import type { Row } from "../model.ts";
import { listPdf, readiness } from "./calls.ts";
import { formatClock, formatDate, formatNumber, t } from "./i18n/index.ts";
import { Phones } from "./Now.tsx";
import { turnText } from "./TestsTab.tsx";
import { usePolled } from "./usePolled.ts";
import "./sites.css";

export interface ReadinessSheetProps {
  readonly meetingId: number;
  readonly rows: readonly Row[];
  readonly onSite: (id: number) => void;
  readonly onClose: () => void;
}

/** See the top of this file. */
export function ReadinessSheet({ meetingId, rows, onSite, onClose }: ReadinessSheetProps) {
  const { data, problem } = usePolled(() => readiness(meetingId), [rows.length]);
  return (
    <Dialog
      wide
      title={t("ready.title")}
      onClose={onClose}
      actions={
        <>
          <a class="button" href={listPdf(meetingId)} target="_blank" rel="noopener">
            {t("ready.print")}
          </a>
          <Button hint="Esc" onPress={onClose}>
            {t("action.close")}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {data === undefined && !problem && <p class="empty">{t("page.loading")}</p>}
      {data && <Summary data={data} />}
      {data && data.sites.length === 0 && <p class="empty">{t("board.none")}</p>}
      {data && data.sites.length > 0 && <Table data={data} rows={rows} onSite={onSite} />}
    </Dialog>
  );
}

/** "4,7 Gb/s", "412,5 Mb/s". */
export function rateText(kbps: number): string {
  return kbps >= 1_000_000
    ? `${formatNumber(kbps / 1_000_000, { maximumFractionDigits: 1 })} Gb/s`
    : `${formatNumber(kbps / 1_000, { maximumFractionDigits: 1 })} Mb/s`;
}

const LETTERS = ["A", "B", "C", "D"] as const;

function Summary({ data }: { readonly data: ReadinessView }) {
  const missing = data.sites.filter((one) => one.missing).length;
  const count = (letter: SiteTested["letter"]) => data.sites.filter((one) => one.letter === letter).length;
  const testing = data.sites.filter((one) => one.turn === 0).length;
  const waiting = data.sites.filter((one) => (one.turn ?? 0) > 0).length;
  return (
    <div class="st-summary">
      {data.calls !== "" && missing > 0 && (
        <p class="ask-warning">{t(data.calls === "eve" ? "ready.call.eve" : "ready.call.t60")}</p>
      )}
      <p>
        {data.phase === "early" ? t("ready.early") : t("ready.phase", { phase: t(`phase.${data.phase}`) })}
        {data.phase !== "early" && (
          <strong>{missing > 0 ? t("ready.missing.count", { n: missing }) : t("ready.all.done")}</strong>
        )}
      </p>
      <p class="rb-counts">
        {LETTERS.map((letter) => (
          <span key={letter}>
            <strong>{count(letter)}</strong> {t("ready.letter", { letter })}
          </span>
        ))}
        <span>
          <strong>{count(null)}</strong> {t("ready.untested")}
        </span>
        {testing > 0 && <span>{t("ready.testing", { n: testing })}</span>}
        {waiting > 0 && <span>{t("ready.waiting", { n: waiting })}</span>}
      </p>
      <p>{t("ready.line", { amount: rateText(data.centre_kbps) })}</p>
    </div>
  );
}

interface TableProps {
  readonly data: ReadinessView;
  readonly rows: readonly Row[];
  readonly onSite: (id: number) => void;
}

/** Those who are missing come first: somebody has to call them. */
function Table({ data, rows, onSite }: TableProps) {
  const anybody = data.sites.some((one) => one.missing);
  const [only, setOnly] = useState(true);
  const shown = only && anybody ? data.sites.filter((one) => one.missing || one.turn !== null) : data.sites;
  const known = new Map(rows.map((row) => [row.id, row]));
  return (
    <>
      {anybody && (
        <div class="buttons" role="group" aria-label={t("ready.filter")}>
          <Button pressed={only} onPress={() => setOnly(true)}>
            {t("ready.only")}
          </Button>
          <Button pressed={!only} onPress={() => setOnly(false)}>
            {t("ready.every")}
          </Button>
        </div>
      )}
      <div class="st-table">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("ready.site")}</th>
              <th scope="col">{t("ready.last")}</th>
              <th scope="col">{t("ready.verdict")}</th>
              <th scope="col">{t("ready.now")}</th>
              <th scope="col">{t("ready.call")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Line
                key={one.site_id}
                one={one}
                row={known.get(one.site_id)}
                due={data.phase !== "early"}
                onSite={onSite}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface LineProps {
  readonly one: SiteTested;
  readonly row: Row | undefined;
  /** Whether a test is due at all. */
  readonly due: boolean;
  readonly onSite: (id: number) => void;
}

function Line({ one, row, due, onSite }: LineProps) {
  const turn = turnText(one.turn);
  const state = one.missing ? `✕ ${t("ready.missing")}` : due ? `✓ ${t("ready.ok")}` : "";
  return (
    <tr>
      <th scope="row">
        <button type="button" class="rb-open" onClick={() => onSite(one.site_id)}>
          {one.name}
        </button>
      </th>
      <td>
        {one.tested_ms === null || one.phase === null ? (
          t("ready.untested")
        ) : (
          <>
            {t("test.at", { time: formatClock(one.tested_ms), date: formatDate(one.tested_ms) })}
            <small>{t(`phase.${one.phase}`)}</small>
          </>
        )}
      </td>
      <td>
        <strong>{one.letter ?? "–"}</strong>
      </td>
      <td class={one.missing && turn === "" ? "st-missing" : ""}>{turn || state}</td>
      <td class="st-phones">{row && <Phones row={row} />}</td>
    </tr>
  );
}

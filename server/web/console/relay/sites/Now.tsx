/** How a site is at this moment, and whom to call there. */

import { factsOf, MARKS } from "../facts.ts";
import type { Row } from "../model.ts";
import { t, word } from "./i18n/index.ts";

function sentence(row: Row, runs: boolean): string {
  if (!runs) return t("site.idle");
  return row.why === "" ? t("site.calm") : word("reason", row.why);
}

/** Telephones, the technician's first. */
export function Phones({ row }: { readonly row: Row }) {
  if (row.phones.length === 0) return <small>{t("phone.none")}</small>;
  return (
    <>
      {row.phones.map((one) => (
        <a key={one.who} href={`tel:${one.phone.replaceAll(" ", "")}`}>
          <strong class="tabular">{one.phone}</strong> <small>{one.name || t(`phone.${one.who}`)}</small>
        </a>
      ))}
    </>
  );
}

/** See the top of this file. */
export function Now({ row, runs }: { readonly row: Row; readonly runs: boolean }) {
  return (
    <div class={`rb-row rb-${row.light} st-now`}>
      <span class="rb-lamp" aria-hidden="true">
        {MARKS[row.light]}
      </span>
      <span class="rb-what">
        <span>{sentence(row, runs)}</span>
        <small>
          {[factsOf(row), row.people > 0 ? t("site.people", { n: row.people }) : ""].filter(Boolean).join(" · ")}
        </small>
      </span>
      <span class="rb-phones">
        <Phones row={row} />
      </span>
    </div>
  );
}

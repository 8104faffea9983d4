/** A site in a few words: its light's mark, and what its line does. */

import { t, word } from "./i18n/index.ts";
import type { Row } from "./model.ts";
import type { Light } from "./shapes.ts";

/** Colour never stands alone. */
export const MARKS: Readonly<Record<Light, string>> = { red: "✕", amber: "!", green: "✓", off: "–" };

/** "mức thấp · mất gói 2,1% · trễ 42 ms". */
export function factsOf(row: Row): string {
  return [
    row.rung === "none" ? "" : word("rung", row.rung),
    row.loss > 0 ? t("fact.loss", { n: row.loss }) : "",
    row.rtt > 0 ? t("fact.rtt", { n: row.rtt }) : "",
    row.freezes > 0 ? t("fact.freezes", { n: row.freezes }) : "",
    row.verdict === "" ? "" : t("fact.verdict", { letter: row.verdict }),
  ]
    .filter(Boolean)
    .map((fact) => fact.replaceAll(" ", "\u00a0")) // a line breaks between facts, not within one
    .join(" · ");
}

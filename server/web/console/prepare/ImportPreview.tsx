/** What an imported list holds: its columns and what they are taken for, and every problem with its row. */

import { IMPORT_FIELDS, type ImportColumn, type ImportPreview } from "../calls/participants.ts";
import { language, t } from "../i18n/index.ts";

interface ColumnsProps {
  readonly columns: readonly ImportColumn[];
  readonly onField: (index: number, field: string | null) => void;
}

/** One line a column: header, first value, choice of its meaning. */
export function ImportColumns({ columns, onField }: ColumnsProps) {
  return (
    <table class="table import-columns">
      <thead>
        <tr>
          <th scope="col">{t("import.column")}</th>
          <th scope="col">{t("import.sample")}</th>
          <th scope="col">{t("import.is")}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr key={column.index}>
            <td>{column.header}</td>
            <td>{column.sample}</td>
            <td>
              <select
                aria-label={t("import.isOf", { column: column.header })}
                value={column.field ?? ""}
                onChange={(event) => onField(column.index, event.currentTarget.value || null)}
              >
                <option value="">{t("import.unused")}</option>
                {IMPORT_FIELDS.map((field) => (
                  <option key={field} value={field}>
                    {t(`import.field.${field}`)}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Every problem: row as in the sheet, column, value, what is wrong. */
export function ImportProblems({ preview }: { readonly preview: ImportPreview }) {
  if (preview.problems.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="import-problems" role="region" aria-label={t("import.problems")} tabIndex={0}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t("import.row")}</th>
            <th scope="col">{t("import.column")}</th>
            <th scope="col">{t("import.value")}</th>
            <th scope="col">{t("import.wrong")}</th>
          </tr>
        </thead>
        <tbody>
          {preview.problems.map((one) => (
            <tr key={`${one.row}-${one.column}-${one.message_en}`}>
              <td>{one.row}</td>
              <td>{one.column}</td>
              <td>{one.value}</td>
              <td>{language.value === "en" ? one.message_en : one.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The line below the names: what is being typed, what the ballot says in words, what is wrong, what comes next. */

import type { BallotLine } from "@common/types.gen.ts";
import { t, word } from "../i18n/index.ts";
import { type Draft, isTouched, readingOf } from "./ballot.ts";
import { type Form, INVALID } from "./marks.ts";
import { marksInWords, whyInvalid } from "./words.ts";

/** Something to be said after a ballot was written down. */
export interface Said {
  readonly text: string;
  readonly tone: "good" | "warn";
}

interface Props {
  readonly form: Form;
  readonly draft: Draft;
  readonly lines: readonly BallotLine[];
  readonly said: Said | undefined;
  readonly onCategory: (digit: string) => void;
}

function Asking({ draft, onCategory }: { readonly draft: Draft; readonly onCategory: Props["onCategory"] }) {
  if (draft.asking === "category") {
    return (
      <div class="categories" role="group" aria-label={t("look.category")}>
        <strong>{t("look.category")}</strong>
        {INVALID.map((one, index) => (
          <button key={one} type="button" class="button" onClick={() => onCategory(String(index + 1))}>
            <kbd>{index + 1}</kbd> {word("invalid", one)}
          </button>
        ))}
      </div>
    );
  }
  const label =
    draft.asking === "ballot" ? t("look.ballot") : draft.asking === "line" ? t("look.line") : t("look.strike");
  return (
    <p>
      {label} <strong class="typed tabular">{draft.typed || "…"}</strong> {t("look.typed")}
    </p>
  );
}

function noteText(draft: Draft): string | undefined {
  const { note } = draft;
  if (note?.what === "no-line") return t("note.noLine", { typed: note.typed, lines: draft.marks.length });
  return note?.what === "open-lines" ? t("note.openLines", { n: note.count }) : undefined;
}

function Verdict({ form, draft, lines }: Pick<Props, "form" | "draft" | "lines">) {
  const reading = readingOf(draft);
  const why = whyInvalid(form, reading);
  const words = reading.invalid === undefined ? marksInWords(form, reading.marks, lines) : "";
  return (
    <p>
      <strong>{t("look.this", { number: draft.number })}</strong>{" "}
      {why && <strong class="look-invalid">{t("look.invalid", { why: word("invalid", why) })}</strong>} {words}
    </p>
  );
}

/** See the top of this file. */
export function LastLook({ form, draft, lines, said, onCategory }: Props) {
  const note = noteText(draft);
  const asking = draft.asking !== undefined || draft.typed !== "";
  const tone = draft.looking ? "look-now" : note ? "look-warn" : said ? `look-${said.tone}` : "";
  const quiet = !asking && !draft.looking && note === undefined;
  return (
    <div class={`look ${tone}`} role="status">
      {asking && <Asking draft={draft} onCategory={onCategory} />}
      {!asking && note && <p>{note}</p>}
      {!asking && !note && (draft.looking || isTouched(draft) || draft.replaces) && (
        <Verdict form={form} draft={draft} lines={lines} />
      )}
      {quiet && !isTouched(draft) && !draft.replaces && <p>{said ? said.text : t(`look.begin.${form.kind}`)}</p>}
      {draft.looking && <p class="look-confirm">{t("look.confirm")}</p>}
    </div>
  );
}

/** A ballot in words, for the last look before it is written down. */

import type { BallotLine, Invalid } from "@common/types.gen.ts";
import { t, word } from "../i18n/index.ts";
import { type Form, judged, linesWith, OPEN, type Reading, USUAL } from "./marks.ts";

const MOST_NAMES = 8;

function named(lines: readonly number[], names: readonly BallotLine[]): string {
  const shown = lines.slice(0, MOST_NAMES).map((line) => `${line} ${names[line - 1]?.name ?? ""}`);
  const more = lines.length - shown.length;
  return shown.join(", ") + (more > 0 ? t("look.more", { n: more }) : "");
}

/** The letters that are worth naming: all that are not the usual one. */
const TOLD: Readonly<Record<Form["kind"], string>> = {
  election_surplus: "s",
  election_no_surplus: "abn",
  confidence: "plmn",
};

/** "Gạch 7 Lê Mẫu An, 23 Trần Mẫu Bảo", with a full stop between marks. */
export function marksInWords(form: Form, marks: string, names: readonly BallotLine[]): string {
  const parts = Array.from(TOLD[form.kind]).flatMap((letter) => {
    const lines = linesWith(marks, letter);
    return lines.length > 0 ? [`${word("look.mark", letter)} ${named(lines, names)}`] : [];
  });
  if (parts.length > 0) return parts.join("; ");
  return marks.includes(OPEN) ? "" : word("look.all", USUAL[form.kind]);
}

/** Why a ballot is invalid, the teller's own word or what follows from its marks; undefined: it is valid. */
export function whyInvalid(form: Form, reading: Reading): Invalid | undefined {
  if (reading.invalid !== undefined) return reading.invalid;
  return reading.marks.includes(OPEN) ? undefined : judged(form, reading.marks);
}

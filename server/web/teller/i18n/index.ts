/** Texts of the tellers' page: `t("key")` (with those that all surfaces share). */

import { commonEn, commonVi, translator } from "@common/i18n/index.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

export const t = translator({ ...commonVi, ...vi }, { ...commonEn, ...en });

/** A text chosen by a value of the server ("state.counting"); the value itself when it is not in the dictionary. */
export function word(group: string, value: string): string {
  const key = `${group}.${value}`;
  return key in vi ? t(key as "state.counting") : value;
}

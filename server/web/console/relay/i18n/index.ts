/** Texts of the relay at the console (with those that all surfaces share). */

import { commonEn, commonVi, language, translator } from "@common/i18n/index.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

export * from "@common/i18n/index.ts";

export const t = translator({ ...commonVi, ...vi }, { ...commonEn, ...en });

/** A text chosen by a value of the server ("state.live"); the value itself when it is not in the dictionary. */
export function word(group: string, value: string): string {
  const key = `${group}.${value}`;
  return key in vi ? t(key as "state.live") : value;
}

/** What the server says in two languages, in the current one. */
export function said(one: { readonly text: string; readonly text_en: string }): string {
  return language.value === "en" ? one.text_en : one.text;
}

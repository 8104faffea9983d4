/** Words that the server gives in both languages. */

import { language } from "../i18n/index.ts";

/** The one in the language of the screen. */
export function say(vi: string, en: string): string {
  return language.value === "en" ? en : vi;
}

/** Which language the screen speaks: Vietnamese unless the person chose English on this device. */

import { computed, effect, signal } from "@preact/signals";
import { remember, remembered } from "../storage.ts";

export type Language = "vi" | "en";

const KEY = "nghisu-language";

/** The current language. Write to it to switch; every text on the screen follows. */
export const language = signal<Language>(remembered(KEY) === "en" ? "en" : "vi");

/** BCP 47 tag of the current language, for Intl. */
export const locale = computed(() => (language.value === "en" ? "en-GB" : "vi-VN"));

effect(() => {
  remember(KEY, language.value);
  if (typeof document !== "undefined") document.documentElement.lang = language.value;
});

/** Language, texts and formats. Surfaces import from here; each has its own dictionaries beside this one. */

import { en } from "./en.ts";
import { translator } from "./translate.ts";
import { vi } from "./vi.ts";

export * from "./format.ts";
export { type Language, language, locale } from "./language.ts";
export { type Dictionary, type Translation, translator } from "./translate.ts";
export { en as commonEn, vi as commonVi };

/** Texts of common/ itself. */
export const t = translator(vi, en);

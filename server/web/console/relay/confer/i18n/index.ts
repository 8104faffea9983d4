/** Texts of the conference's own screens (with those of the relay, and those that all surfaces share). */

import { commonEn, commonVi, translator } from "@common/i18n/index.ts";
import { en as relayEn } from "../../i18n/en.ts";
import { vi as relayVi } from "../../i18n/vi.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

export * from "@common/i18n/index.ts";
export { said } from "../../i18n/index.ts";

const all = { ...commonVi, ...relayVi, ...vi };

export const t = translator(all, { ...commonEn, ...relayEn, ...en });

/** A text chosen by a value of the server ("why.source.ended"); the value itself when it is not in the dictionary. */
export function word(group: string, value: string): string {
  const key = `${group}.${value}`;
  return key in all ? t(key as "state.live") : value;
}

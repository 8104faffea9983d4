/** Texts of sites at the console (with those of the relay, and those that all surfaces share). */

import { commonEn, commonVi, translator } from "@common/i18n/index.ts";
import { en as relayEn } from "../../i18n/en.ts";
import { vi as relayVi } from "../../i18n/vi.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

export * from "@common/i18n/index.ts";
export { word } from "../../i18n/index.ts";

export const t = translator({ ...commonVi, ...relayVi, ...vi }, { ...commonEn, ...relayEn, ...en });

/** Texts of this surface: `t("key")`. */

import { translator } from "@common/i18n/index.ts";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

export const t = translator(vi, en);

import type { Translation } from "@common/i18n/index.ts";
import type { vi } from "./vi.ts";

export const en: Translation<typeof vi> = {
  title: "Wall",
  empty: "The wall shows what the secretary chooses.",
};

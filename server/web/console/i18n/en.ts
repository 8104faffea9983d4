import type { Translation } from "@common/i18n/index.ts";
import type { vi } from "./vi.ts";

export const en: Translation<typeof vi> = {
  title: "Console",
  empty: "The meeting console will appear here.",
};

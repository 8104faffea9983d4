import type { Translation } from "@common/i18n/index.ts";
import type { vi } from "./vi.ts";

export const en: Translation<typeof vi> = {
  title: "Seat",
  empty: "Agenda, papers and ballots appear here when the meeting starts.",
};

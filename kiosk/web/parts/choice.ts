/** The server's word for a choice, as the shared components call it. */

import type { Choice as Shown } from "@common/components/VoteBars.tsx";

/** "not_voting" → "abstain"; of an opinion "for" → "agree". */
export function shown(choice: string, kind: string): Shown {
  if (choice === "other") return "other";
  if (kind === "opinion") return choice === "for" ? "agree" : "disagree";
  return choice === "for" || choice === "against" ? choice : "abstain";
}

/** The server's word for a choice, as the shared components call it. */

import type { Choice as Shown } from "@common/components/VoteBars.tsx";

/** "not_voting" → "abstain". */
export function shown(choice: string): Shown {
  return choice === "for" || choice === "against" ? choice : "abstain";
}

/** What this part gets from the server, by short names. */

import type { CandidateView, PaperResultView, PaperVoteRow, PaperVoteView } from "@common/types.gen.ts";

export type Vote = PaperVoteView;
export type Row = PaperVoteRow;
export type Candidate = CandidateView;
export type Result = PaperResultView;

export const KINDS = ["election_surplus", "election_no_surplus", "confidence"] as const;
export type Kind = (typeof KINDS)[number];

/** What every section of a vote is given. */
export interface Section {
  readonly meetingId: number;
  readonly vote: Vote;
  /** Why nothing can be changed; undefined: it can. */
  readonly reason: string | undefined;
  readonly reload: () => void;
}

/** Whether its result is written. */
export const isOver = (vote: Row) => vote.state === "closed" || vote.state === "published";

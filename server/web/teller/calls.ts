/** What the tellers' page asks the server. */

import { get, post, remove, resource } from "@common/api/index.ts";
import type {
  Compared,
  DifferenceList,
  DifferenceView,
  EntriesStored,
  Joined,
  JoinMeeting,
  PaperVoteView,
  SettleIn,
  StationBallots,
  StationView,
} from "@common/types.gen.ts";
import { teller } from "./who.ts";

/** The meeting and its names. */
export const lookUp = (code: string) => get<JoinMeeting>(`/api/join/${encodeURIComponent(code)}`);

/** Sign in at a counting station. Not repeated by itself: each try counts towards the lock-out. */
export const signIn = (code: string, participantId: number, pin: string) =>
  post<Joined>(
    `/api/join/${encodeURIComponent(code)}/sign-in`,
    { participant_id: participantId, pin, surface: "teller" },
    { once: true },
  );

export const signOut = () => remove("/api/session");

const at = (vote: number) => `/api/meetings/${teller.peek()?.meetingId ?? 0}/paper-votes/${vote}`;
const desk = (vote: number, station: number) => `${at(vote)}/stations/${station}`;

export const takeStation = (vote: number, station: number) => post<StationView>(`${desk(vote, station)}/take`);
export const ownStation = (vote: number, station: number) => get<StationBallots>(desk(vote, station));
export const ballotsPath = (vote: number, station: number) => `${desk(vote, station)}/ballots`;
export const removeBallot = (vote: number, station: number, ballot: number) =>
  remove<EntriesStored>(`${ballotsPath(vote, station)}/${ballot}`);
export const commitStation = (vote: number, station: number, returned: number) =>
  post<StationView>(`${desk(vote, station)}/commit`, { returned });
export const voteView = (vote: number) => get<PaperVoteView>(at(vote));
export const compare = (vote: number) => post<Compared>(`${at(vote)}/compare`);

/** Differences, at most 500; those that are not settled come first to hand with `open`. */
export const differences = (vote: number, open: boolean, skip = 0) =>
  get<DifferenceList>(`${at(vote)}/differences`, { open, skip });
export const settle = (vote: number, difference: number, body: SettleIn) =>
  post<DifferenceView>(`${at(vote)}/differences/${difference}/settle`, body);
export const reopen = (vote: number, ballot: number, line: number, reason: string) =>
  post<DifferenceView>(`${at(vote)}/differences/reopen`, { ballot, line, reason });
export const second = (vote: number, difference: number) =>
  post<DifferenceView>(`${at(vote)}/differences/${difference}/second`);
export const dropReopening = (vote: number, difference: number) => remove(`${at(vote)}/differences/${difference}`);

export const logPdf = (vote: number, station: number) => resource(`${desk(vote, station)}/log.pdf`);
export const minutesPdf = (vote: number) => resource(`${at(vote)}/minutes.pdf`);

/** Calls about votes on paper and their tellers. */

import { get, patch, post, put, remove, resource } from "@common/api/index.ts";
import type {
  CandidateIn,
  CandidatePatch,
  PaperExclusionIn,
  PaperVoteIn,
  PaperVotePatch,
  PaperVoteView,
  RuleSetList,
  TellerList,
} from "@common/types.gen.ts";

const meeting = (id: number) => `/api/meetings/${id}`;
const votes = (id: number) => `${meeting(id)}/paper-votes`;
const at = (id: number, vote: number) => `${votes(id)}/${vote}`;
const candidates = (id: number, vote: number) => `${at(id, vote)}/candidates`;

export const paperVote = (id: number, vote: number) => get<PaperVoteView>(at(id, vote));
export const rules = (id: number) => get<RuleSetList>(`${meeting(id)}/voting-rules`);
export const calendarFile = (id: number) => resource(`${meeting(id)}/calendar.ics`);

export const createVote = (id: number, body: PaperVoteIn) => post<PaperVoteView>(votes(id), body);
export const changeVote = (id: number, vote: number, body: PaperVotePatch) => patch(at(id, vote), body);
export const deleteVote = (id: number, vote: number) => remove(at(id, vote));

export const addCandidate = (id: number, vote: number, body: CandidateIn) => post(candidates(id, vote), body);
export const changeCandidate = (id: number, vote: number, one: number, body: CandidatePatch) =>
  patch(`${candidates(id, vote)}/${one}`, body);
export const removeCandidate = (id: number, vote: number, one: number) => remove(`${candidates(id, vote)}/${one}`);
export const withdraw = (id: number, vote: number, one: number, reason: string) =>
  post(`${candidates(id, vote)}/${one}/withdraw`, { reason });
/** By hand, or alphabetically by given name. */
export const arrange = (id: number, vote: number, order: readonly number[] | null) =>
  put(`${at(id, vote)}/order`, { order });
export const setExclusions = (id: number, vote: number, exclusions: readonly PaperExclusionIn[]) =>
  put(`${at(id, vote)}/exclusions`, { exclusions });

export const appoint = (id: number, ids: readonly number[], head: number | null) =>
  put<TellerList>(`${meeting(id)}/tellers`, { participant_ids: ids, head_id: head });

/** print, compare, publish, second-round. */
export const step = <T = void>(id: number, vote: number, name: string, body: unknown = {}) =>
  post<T>(`${at(id, vote)}/${name}`, body);
export const freeStation = (id: number, vote: number, station: number, what: "release" | "reopen", reason: string) =>
  post(`${at(id, vote)}/stations/${station}/${what}`, { reason });

export const ballotsPdf = (id: number, vote: number, size: "a4" | "a5", copies: number) =>
  resource(`${at(id, vote)}/ballots.pdf`, { size, copies });
export const logPdf = (id: number, vote: number, station: number) =>
  resource(`${at(id, vote)}/stations/${station}/log.pdf`);
export const minutesFile = (id: number, vote: number, kind: "pdf" | "docx") =>
  resource(`${at(id, vote)}/minutes.${kind}`);

/** Calls about votes beside opening, closing and publishing: rules, turnout, reserved opinions, records, batches. */

import { get, post, remove, resource } from "@common/api/index.ts";
import type {
  PollDetails,
  RecordView,
  ReservedList,
  RuleSetList,
  RuleSetView,
  TurnoutRow,
  TurnoutView,
} from "@common/types.gen.ts";

export type { PollDetails, RuleSetView, TurnoutRow };
export type SignedRecord = RecordView;

interface Words {
  readonly vi: string;
  readonly en: string;
}

/** A unit's own rule as the server is told of it (the generated type counts the items of its lists). */
export interface RuleSetIn {
  readonly code: string;
  readonly name: Words;
  readonly citation: {
    readonly regulation: string;
    readonly number: string;
    readonly date: string;
    readonly article: string;
    readonly note: string;
  };
  readonly subject: string;
  readonly forms: readonly string[];
  readonly kinds: readonly string[];
  readonly base: string;
  readonly threshold: { readonly numerator: number; readonly denominator: number; readonly strict: boolean };
  readonly quorum: { readonly numerator: number; readonly denominator: number } | null;
  readonly names: string;
  readonly changeable: boolean;
  readonly late_arrivals: boolean;
  readonly reserved_opinions: boolean;
  readonly exclusions: readonly (Words & { readonly code: string })[];
  readonly tie: Words & { readonly code: string };
}

const meeting = (id: number) => `/api/meetings/${id}`;
const poll = (id: number, one: number) => `${meeting(id)}/polls/${one}`;

/** The rules a meeting may follow: those that ship and those of its unit and the units above. */
export const meetingRules = (id: number) => get<RuleSetList>(`${meeting(id)}/voting-rules`);
export const pollDetails = (id: number, one: number) => get<PollDetails>(poll(id, one));

/** Declare a vote void; its ballots and its record stay. `again` makes a draft that asks the same. */
export const annulPoll = (id: number, one: number, reason: string, again: boolean) =>
  post(`${poll(id, one)}/annul`, { reason, again });

/** Who is ready and who has voted; never what. */
export const turnout = (id: number, one: number) => get<TurnoutView>(`${poll(id, one)}/turnout`);

export const reservedOpinions = (id: number, one: number) => get<ReservedList>(`${poll(id, one)}/reserved-opinions`);
export const reserveFor = (id: number, one: number, participant_id: number, text: string) =>
  post(`${poll(id, one)}/reserved-opinions`, { participant_id, text });

export const signedRecord = (id: number, one: number) => get<SignedRecord>(`${poll(id, one)}/record`);
export const resultFile = (id: number, one: number, kind: "xlsx" | "pdf") =>
  resource(`${poll(id, one)}/result.${kind}`);

export interface BatchIn {
  readonly polls: readonly number[];
  readonly seconds: number;
  readonly pause_seconds: number;
  readonly wall: boolean;
}

export const startBatch = (id: number, body: BatchIn) => post(`${meeting(id)}/polls/batch`, body);
/** No further vote opens; the open one goes on until its time is up. */
export const stopBatch = (id: number) => post(`${meeting(id)}/polls/batch/stop`);

export const unitRules = (unit: number) => get<RuleSetList>(`/api/units/${unit}/voting-rules`);
export const addRule = (unit: number, rule: RuleSetIn) => post(`/api/units/${unit}/voting-rules`, rule);
export const retireRule = (unit: number, code: string) =>
  remove(`/api/units/${unit}/voting-rules/${encodeURIComponent(code)}`);

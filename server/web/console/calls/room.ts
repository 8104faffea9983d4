/** Calls that run the room: presenter, wall, polls, the floor. */

import { patch, post, put, remove, resource } from "@common/api/index.ts";
import type { Scene } from "../shapes.ts";

const at = (id: number) => `/api/meetings/${id}`;

/** The picture of a page. */
export const pagePicture = (id: number, version: number, page: number, size: "seat" | "wall" = "seat") =>
  resource(`${at(id)}/pages/${version}/${page}.webp`, { size });

export const present = (id: number, version: number, page: number) =>
  put(`${at(id)}/presenter`, { version_id: version, page });
export const stopPresenting = (id: number) => remove(`${at(id)}/presenter`);

export const showOnWall = (id: number, scene: Scene, more: { poll_id?: number; text?: string } = {}) =>
  put(`${at(id)}/wall`, { scene, ...more });

/** A vote as the server is told of it; figures that the rule fixes are left out. */
export interface PollIn {
  readonly title: string;
  readonly motion: string;
  readonly agenda_item_id: number | null;
  readonly rule: string;
  readonly kind: string;
  readonly options: readonly string[];
  readonly choose_most: number | null;
  readonly named?: boolean;
  readonly members: number | null;
  readonly exclusions: readonly { readonly participant_id: number; readonly code: string; readonly note: string }[];
  readonly base?: string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly strict?: boolean;
  readonly changeable?: boolean;
  readonly seconds: number | null;
}

export const addPoll = (id: number, body: PollIn) => post<{ id: number }>(`${at(id)}/polls`, body);
export const changePoll = (id: number, poll: number, body: Partial<PollIn>) => patch(`${at(id)}/polls/${poll}`, body);
export const removePoll = (id: number, poll: number) => remove(`${at(id)}/polls/${poll}`);
/** Open a poll and show it on the wall in the same step. */
export const openPoll = (id: number, poll: number) => post(`${at(id)}/polls/${poll}/open`, { wall: true });
export const closePoll = (id: number, poll: number) => post(`${at(id)}/polls/${poll}/close`);
/** Publish a result and show it on the wall in the same step. */
export const publishPoll = (id: number, poll: number) => post(`${at(id)}/polls/${poll}/publish`, { wall: true });

export const callSpeaker = (id: number, request: number) => post(`${at(id)}/floor/requests/${request}/call`);
export const finishSpeaker = (id: number, request: number) => post(`${at(id)}/floor/requests/${request}/finish`);
export const skipSpeaker = (id: number, request: number) => post(`${at(id)}/floor/requests/${request}/skip`);
/** The whole order of those who wait, by the ids of their requests. */
export const orderSpeakers = (id: number, order: readonly number[]) => put(`${at(id)}/floor/order`, { order });

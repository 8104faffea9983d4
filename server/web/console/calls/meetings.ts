/** Calls about meetings: list, create, life cycle, notices. */

import { get, patch, post, put, remove, resource } from "@common/api/index.ts";
import type { EntryList } from "@common/types.gen.ts";
import type { MeetingDetails, MeetingList, StepsView } from "../shapes.ts";

export interface MeetingIn {
  readonly title: string;
  readonly kind: string;
  readonly room: string;
  /** ISO 8601 with zone. */
  readonly starts_at: string;
  readonly quorum_numerator?: number;
  readonly quorum_denominator?: number;
}

const at = (id: number) => `/api/meetings/${id}`;

export const myMeetings = () => get<MeetingList>("/api/me/meetings");
export const meetingDetails = (id: number) => get<MeetingDetails>(at(id));
export const createMeeting = (unit: number, body: MeetingIn) =>
  post<{ id: number }>(`/api/units/${unit}/meetings`, body);
export const changeMeeting = (id: number, body: Partial<MeetingIn>) => patch(at(id), body);
export const meetingSteps = (id: number) => get<StepsView>(`${at(id)}/steps`);
export const takeStep = (id: number, to: string, withoutQuorum = false) =>
  post(`${at(id)}/state`, { to, confirm: true, ...(withoutQuorum ? { confirm_without_quorum: true } : {}) });

export const sendNotice = (id: number, text: string) => post(`${at(id)}/notices`, { text });
export const withdrawNotice = (id: number, notice: number) => remove(`${at(id)}/notices/${notice}`);

/** Days to keep because of this meeting. */
export const calendarOf = (id: number) => get<EntryList>(`${at(id)}/calendar`);
export const calendarFile = (id: number) => resource(`${at(id)}/calendar.ics`);

export interface ItemIn {
  readonly title: string;
  readonly rapporteur: string;
  readonly minutes: number;
  readonly internal_note: string;
  readonly parent_id?: number | null;
}

export const addItem = (id: number, body: ItemIn) => post<{ id: number }>(`${at(id)}/agenda`, body);
export const changeItem = (id: number, item: number, body: Partial<ItemIn>) => patch(`${at(id)}/agenda/${item}`, body);
export const removeItem = (id: number, item: number) => remove(`${at(id)}/agenda/${item}`);
export const orderItems = (id: number, order: readonly { id: number; parent_id: number | null }[]) =>
  put(`${at(id)}/agenda/order`, { order });
export const startItem = (id: number, item: number) => post(`${at(id)}/agenda/${item}/start`);
export const finishItem = (id: number, item: number) => post(`${at(id)}/agenda/${item}/finish`);

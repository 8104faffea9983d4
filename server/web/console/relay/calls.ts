/** Calls that run the relay. */

import { get, patch, post, put, remove } from "@common/api/index.ts";
import type { ConferenceIn, ConferencePatch, Probed, RelayDetail, SourceIn, State } from "./shapes.ts";

const at = (id: number) => `/api/meetings/${id}/relay`;

export const detail = (id: number) => get<RelayDetail>(at(id));
export const create = (id: number, body: ConferenceIn) => post(at(id), body);
export const change = (id: number, body: ConferencePatch) => patch(at(id), body);
export const sharePapers = (id: number, document_ids: readonly number[]) =>
  put(`${at(id)}/papers`, { document_ids: [...document_ids] });
export const step = (id: number, to: State) => post(`${at(id)}/state`, { to, confirm: true });

export const setSource = (id: number, key: string, body: SourceIn) => put(`${at(id)}/sources/${key}`, body);
export const probe = (id: number, key: string, body: SourceIn) =>
  post<Probed>(`${at(id)}/sources/${key}/probe`, body, { once: true });

export const giveFloor = (id: number, site: number) => post(`${at(id)}/sites/${site}/floor`);
export const takeFloor = (id: number) => remove(`${at(id)}/floor`);
export const noteIncident = (id: number, body: { text: string; site_id?: number }) => post(`${at(id)}/incidents`, body);

/** The picture on the hall's wall: alone, or beside the agenda or the presented page. */
export const showOnWall = (id: number, beside: "" | "agenda" | "document") =>
  put(`/api/meetings/${id}/wall`, { scene: "relay", beside });

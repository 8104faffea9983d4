/** Calls about participants, import and invitations. */

import { get, patch, post, remove, resource, upload } from "@common/api/index.ts";

export interface Participant {
  readonly id: number;
  readonly person_id: number;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly role: string;
  readonly entitled: boolean;
  readonly seat: string | null;
  readonly present: boolean;
  readonly entered_ms: number | null;
  readonly method: string | null;
  readonly excused_reason: string | null;
  readonly has_pin: boolean;
}

export interface ParticipantIn {
  readonly person_id?: number;
  readonly person?: { name: string; title: string; unit_id: number; card_number: string | null };
  readonly role: string;
  readonly entitled: boolean;
  readonly seat: string | null;
}

export interface ParticipantChange {
  readonly role?: string;
  readonly entitled?: boolean;
  readonly seat?: string | null;
  readonly excused_reason?: string | null;
}

export interface ImportColumn {
  readonly header: string;
  readonly field: string | null;
  readonly sample: string;
}

export interface ImportProblem {
  readonly row: number;
  readonly column: string;
  readonly message: string;
  readonly message_en: string;
  readonly value: string;
}

export interface ImportPreview {
  readonly columns: readonly ImportColumn[];
  readonly rows: number;
  readonly good: number;
  readonly problems: readonly ImportProblem[];
  readonly token: string;
}

export interface Invitation {
  readonly id: number;
  readonly name: string;
  readonly seat: string | null;
  readonly pin: string;
}

const at = (id: number) => `/api/meetings/${id}`;

export const participants = (id: number, search?: string) =>
  get<{ participants: Participant[] }>(`${at(id)}/participants`, { search });
export const addParticipant = (id: number, body: ParticipantIn) => post(`${at(id)}/participants`, body);
export const changeParticipant = (id: number, one: number, body: ParticipantChange) =>
  patch(`${at(id)}/participants/${one}`, body);
export const removeParticipant = (id: number, one: number) => remove(`${at(id)}/participants/${one}`);
export const setPresence = (id: number, one: number, present: boolean, reason: string) =>
  post(`${at(id)}/participants/${one}/presence`, { present, reason });

/** Read a file for import; nothing enters yet. */
export function previewImport(id: number, file: File) {
  const form = new FormData();
  form.append("file", file);
  return upload<ImportPreview>(`${at(id)}/participants/preview`, form);
}

/** Let the rows enter: all good ones or none. `mapping`: one field name (or null) for each column, in order. */
export const runImport = (id: number, token: string, mapping: readonly (string | null)[], goodOnly: boolean) =>
  post<{ entered: number }>(`${at(id)}/participants/import`, { token, mapping, accept_good_only: goodOnly });

export const importTemplate = (id: number) => resource(`${at(id)}/participants/template.xlsx`);

/** Make PINs for those without one, or anew for the given participants. Shown once. */
export const makeInvitations = (id: number, ids?: readonly number[]) =>
  post<{ invitations: Invitation[] }>(`${at(id)}/invitations`, ids ? { participant_ids: ids } : {});
export const invitationQr = (id: number, one: number) => resource(`${at(id)}/participants/${one}/invitation.svg`);

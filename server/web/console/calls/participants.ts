/** Calls about participants, import and invitations. */

import { get, keepFile, patch, post, postForFile, remove, resource, upload } from "@common/api/index.ts";
import type {
  ImportColumn,
  Imported,
  ImportPreview,
  InvitationList,
  InvitationView,
  ParticipantList,
  ParticipantRow,
} from "@common/types.gen.ts";

export type Participant = ParticipantRow;
export type Invitation = InvitationView;
export type { ImportColumn, ImportPreview };

export interface ParticipantIn {
  readonly person_id?: number;
  readonly person?: { name: string; title: string; unit_id: number | null; card_number: string | null };
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

/** Columns of a list, one after another: a field's name, or null for a column that is not used. */
export type Mapping = readonly (string | null)[];

/** What a column can be. */
export const IMPORT_FIELDS = [
  "name",
  "family_name",
  "given_name",
  "title",
  "unit",
  "card_number",
  "role",
  "entitled",
  "seat",
] as const;

const at = (id: number) => `/api/meetings/${id}`;

export const participants = (id: number) => get<ParticipantList>(`${at(id)}/participants`);
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

/** The same file under another reading of its columns. */
export const checkImport = (id: number, token: string, mapping: Mapping) =>
  post<ImportPreview>(`${at(id)}/participants/preview/check`, { token, mapping });

/** Let the rows enter: all good ones or none. */
export const runImport = (id: number, token: string, mapping: Mapping, goodOnly: boolean) =>
  post<Imported>(`${at(id)}/participants/import`, { token, mapping, accept_good_only: goodOnly });

export const importTemplate = (id: number) => resource(`${at(id)}/participants/template.xlsx`);

/** Make PINs for those without one, or anew for the given participants. Shown once. */
export const makeInvitations = (id: number, ids?: readonly number[]) =>
  post<InvitationList>(`${at(id)}/invitations`, ids ? { participant_ids: ids } : {});
/** Invitations as a PDF, kept by the browser. With PINs right after they were made; else everybody's, without. */
export async function printInvitations(id: number, made: readonly Invitation[]): Promise<void> {
  const pins = made.map(({ participant_id, pin }) => ({ participant_id, pin }));
  keepFile(await postForFile(`${at(id)}/invitations.pdf`, { pins }), `giay-moi-${id}.pdf`);
}
export const invitationQr = (id: number, one: number) => resource(`${at(id)}/participants/${one}/invitation.svg`);

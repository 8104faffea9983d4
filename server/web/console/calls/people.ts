/** Calls of the administrator: units, persons, accounts, sign-in log, devices, journal. */

import { get, patch, post, remove } from "@common/api/index.ts";

export interface Unit {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string;
  readonly path: string;
}

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly unit_id: number;
  readonly card_number: string | null;
}

export interface PersonIn {
  readonly name: string;
  readonly title: string;
  readonly card_number: string | null;
}

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly display_name: string;
  readonly disabled: boolean;
  readonly locked_until_ms: number | null;
  readonly must_change_password: boolean;
  readonly roles: readonly string[];
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly more: boolean;
}

export interface SignInRow {
  readonly at_ms: number;
  readonly who: string;
  readonly surface: string;
  readonly address: string;
  readonly outcome: string;
}

export interface DeviceRow {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly meeting_id: number | null;
  readonly enrolled_ms: number | null;
  readonly revoked_ms: number | null;
  readonly code_expires_ms: number | null;
}

export interface JournalRow {
  readonly seq: number;
  readonly at_ms: number;
  readonly actor: string;
  readonly actor_name: string;
  readonly origin: string;
  readonly action: string;
  readonly meeting_id: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

export interface JournalFilter {
  readonly meeting_id?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly from?: string;
  readonly to?: string;
  readonly before_seq?: number;
}

const unit = (id: number) => `/api/units/${id}`;

export const units = () => get<{ units: Unit[] }>("/api/units");
export const addUnit = (name: string, parent_id: number | null) => post<Unit>("/api/units", { name, parent_id });
export const renameUnit = (id: number, name: string) => patch<Unit>(unit(id), { name });
export const removeUnit = (id: number) => remove(unit(id));

export const persons = (id: number, search: string, page: number) =>
  get<{ persons: Person[]; total: number }>(`${unit(id)}/persons`, { search: search || undefined, page });
export const addPerson = (id: number, body: PersonIn) => post<Person>(`${unit(id)}/persons`, body);
export const changePerson = (id: number, person: number, body: PersonIn) =>
  patch<Person>(`${unit(id)}/persons/${person}`, body);

export const accounts = (id: number) => get<{ accounts: Account[] }>(`${unit(id)}/accounts`);
export const addAccount = (id: number, body: { name: string; display_name: string; roles: readonly string[] }) =>
  post<{ id: number; password: string }>(`${unit(id)}/accounts`, body);
export const changeAccount = (id: number, account: number, body: Readonly<Record<string, unknown>>) =>
  patch<{ password?: string | null }>(`${unit(id)}/accounts/${account}`, body);

export const signIns = (query: Readonly<Record<string, string | number | undefined>>) =>
  get<{ rows: SignInRow[] }>("/api/sign-ins", query);

export const devices = (id: number) => get<{ devices: DeviceRow[] }>(`${unit(id)}/devices`);
export const addDevice = (id: number, body: { kind: string; name: string; meeting_id: number | null }) =>
  post<{ id: number; code: string; url: string }>(`${unit(id)}/devices`, body);
export const revokeDevice = (id: number, device: number) => remove(`${unit(id)}/devices/${device}`);

export const journal = (filter: JournalFilter) => get<{ rows: JournalRow[] }>("/api/journal", { ...filter });
export const verifyJournal = () =>
  get<{ ok: boolean; rows: number; head: string; broken_seq: number | null }>("/api/journal/verify");

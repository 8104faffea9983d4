/** Calls of administration: units, persons, accounts, sign-in log, devices, journal. */

import { get, patch, post, remove } from "@common/api/index.ts";

export interface Unit {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string;
  readonly code: string | null;
  readonly path: string;
}

export interface PersonIn {
  readonly name: string;
  readonly title: string;
  readonly card_number: string | null;
}

export interface Person extends PersonIn {
  readonly id: number;
  readonly unit_id: number;
}

/** A role at a unit and below it. */
export interface RoleAt {
  readonly role: string;
  readonly unit_id: number;
}

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly display_name: string;
  readonly disabled: boolean;
  readonly locked_until_ms: number | null;
  readonly must_change_password: boolean;
  readonly roles: readonly RoleAt[];
  /** There once, in the answer that made it. */
  readonly password?: string | null;
}

export interface AccountChange {
  readonly disabled?: boolean;
  readonly unlock?: boolean;
  readonly reset_password?: boolean;
  readonly roles?: readonly RoleAt[];
}

export interface SignInRow {
  readonly id: number;
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
  readonly enrolled: boolean;
  readonly enrolled_ms: number | null;
  readonly code_expires_ms: number | null;
}

export interface DeviceAdded {
  readonly id: number;
  readonly code: string;
  readonly url: string;
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
  readonly meeting_id?: number;
  readonly actor?: string;
  readonly action?: string;
  readonly from_ms?: number;
  readonly to_ms?: number;
  readonly before_seq?: number;
}

export interface Chain {
  readonly ok: boolean;
  readonly rows: number;
  readonly head: string;
  readonly broken_seq: number | null;
  readonly reason: string | null;
}

const unit = (id: number) => `/api/units/${id}`;

export const units = () => get<{ units: Unit[] }>("/api/units");
export const addUnit = (name: string, parent_id: number) => post<Unit>("/api/units", { name, parent_id });
export const renameUnit = (id: number, name: string) => patch<Unit>(unit(id), { name });
export const removeUnit = (id: number) => remove(unit(id));

export const persons = (id: number, search: string, page: number) =>
  get<{ persons: Person[]; total: number }>(`${unit(id)}/persons`, { search: search || undefined, page });
export const addPerson = (id: number, body: PersonIn) => post<Person>(`${unit(id)}/persons`, body);
export const changePerson = (id: number, person: number, body: PersonIn) =>
  patch<Person>(`${unit(id)}/persons/${person}`, body);

export const accounts = (id: number) => get<{ accounts: Account[] }>(`${unit(id)}/accounts`);
// Not repeated by itself: the answer holds a password that is stored nowhere.
export const addAccount = (id: number, body: { name: string; display_name: string; roles: readonly RoleAt[] }) =>
  post<Account>(`${unit(id)}/accounts`, body, { once: true });
export const changeAccount = (id: number, account: number, body: AccountChange) =>
  patch<Account>(`${unit(id)}/accounts/${account}`, body, { once: true });

export const signIns = (who: string, before?: number) =>
  get<{ attempts: SignInRow[] }>("/api/sign-ins", { who: who || undefined, before_id: before });

export const devices = (id: number) => get<{ devices: DeviceRow[] }>(`${unit(id)}/devices`);
export const addDevice = (id: number, body: { kind: string; name: string; meeting_id: number | null }) =>
  post<DeviceAdded>(`${unit(id)}/devices`, body);
export const revokeDevice = (id: number, device: number) => remove(`${unit(id)}/devices/${device}`);

export const journal = (filter: JournalFilter) => get<{ rows: JournalRow[] }>("/api/journal", { ...filter });
export const verifyJournal = () => get<Chain>("/api/journal/verify");

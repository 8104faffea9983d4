/** Calls of administration: units, persons, accounts, sign-in log, devices, journal. */

import { get, patch, post, remove } from "@common/api/index.ts";
import type {
  AccountIn,
  AccountList,
  AccountView,
  ChainView,
  DeviceAdded,
  DeviceList,
  DeviceRow,
  JournalPage,
  JournalRow,
  PersonIn,
  PersonList,
  PersonView,
  RoleIn,
  SignInLog,
  SignInRow,
  UnitList,
  UnitView,
} from "@common/types.gen.ts";

export type Unit = UnitView;
export type Person = PersonView;
/** One account; `password` is there once, in the answer that made it. */
export type Account = AccountView;
/** A role at a unit and below it. */
export type RoleAt = RoleIn;
export type Chain = ChainView;
export type { DeviceAdded, DeviceRow, JournalRow, SignInRow };

export interface AccountChange {
  readonly disabled?: boolean;
  readonly unlock?: boolean;
  readonly reset_password?: boolean;
  readonly roles?: readonly RoleAt[];
}

export interface JournalFilter {
  readonly meeting_id?: number;
  readonly actor?: string;
  readonly action?: string;
  readonly from_ms?: number;
  readonly to_ms?: number;
  readonly before_seq?: number;
}

const unit = (id: number) => `/api/units/${id}`;

export const units = () => get<UnitList>("/api/units");
export const addUnit = (name: string, parent_id: number) => post<Unit>("/api/units", { name, parent_id });
export const renameUnit = (id: number, name: string) => patch<Unit>(unit(id), { name });
export const removeUnit = (id: number) => remove(unit(id));

export const persons = (id: number, search: string, page: number) =>
  get<PersonList>(`${unit(id)}/persons`, { search: search || undefined, page });
export const addPerson = (id: number, body: PersonIn) => post<Person>(`${unit(id)}/persons`, body);
export const changePerson = (id: number, person: number, body: PersonIn) =>
  patch<Person>(`${unit(id)}/persons/${person}`, body);

export const accounts = (id: number) => get<AccountList>(`${unit(id)}/accounts`);
// Not repeated by itself: the answer holds a password that is stored nowhere.
export const addAccount = (
  id: number,
  body: Pick<AccountIn, "name" | "display_name"> & { readonly roles: readonly RoleAt[] },
) => post<Account>(`${unit(id)}/accounts`, body, { once: true });
export const changeAccount = (id: number, account: number, body: AccountChange) =>
  patch<Account>(`${unit(id)}/accounts/${account}`, body, { once: true });

export const signIns = (who: string, before?: number) =>
  get<SignInLog>("/api/sign-ins", { who: who || undefined, before_id: before });

export const devices = (id: number) => get<DeviceList>(`${unit(id)}/devices`);
export const addDevice = (id: number, body: { kind: string; name: string; meeting_id: number | null }) =>
  post<DeviceAdded>(`${unit(id)}/devices`, body);
export const revokeDevice = (id: number, device: number) => remove(`${unit(id)}/devices/${device}`);

export const journal = (filter: JournalFilter) => get<JournalPage>("/api/journal", { ...filter });
export const verifyJournal = () => get<Chain>("/api/journal/verify");

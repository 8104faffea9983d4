/** What the conference's own screens decide: what a change does, what a source asks for, what to see to next; pure. */

import type { FloorRequest } from "../../shapes.ts";
import type { Conference, ConferencePatch, RelayDetail, SourceIn, State } from "../shapes.ts";

/** Whether it is recorded: not, while on air, or never (with a reason). */
export type Recorded = "off" | "on" | "forbidden";

/** The options as the sheet holds them. `start` is local, as a field of that kind has it; `budget` in GB. */
export interface Draft {
  readonly name: string;
  readonly organiser: string;
  readonly start: string;
  readonly plan: string;
  readonly phone: string;
  readonly top: string;
  readonly hold: string;
  readonly stable: string;
  readonly low: boolean;
  readonly recorded: Recorded;
  readonly forbidden: string;
  readonly budget: string;
  readonly agenda: boolean;
  readonly documents: boolean;
}

const MB_OF_GB = 1000;

/** The stored options. */
export function draftOf(conference: Conference, detail: Pick<RelayDetail, "plan" | "budget_mb">, start: string): Draft {
  return {
    name: conference.name,
    organiser: conference.organiser,
    start,
    plan: detail.plan,
    phone: conference.phone,
    top: conference.top,
    hold: String(conference.hold_ms),
    stable: String(conference.stable_s),
    low: conference.low,
    recorded: conference.recording_forbidden !== "" ? "forbidden" : conference.recording ? "on" : "off",
    forbidden: conference.recording_forbidden,
    budget: String(detail.budget_mb / MB_OF_GB),
    agenda: conference.share_agenda,
    documents: conference.share_documents,
  };
}

/** Each field of the sheet and what is sent of it when it was changed. */
const SENT: readonly (readonly [keyof Draft, (draft: Draft, moment: (local: string) => string) => ConferencePatch])[] =
  [
    ["name", (one) => ({ name: one.name.trim() })],
    ["organiser", (one) => ({ organiser: one.organiser as "central" | "province" })],
    ["start", (one, moment) => ({ starts_at: moment(one.start) })],
    ["plan", (one) => ({ plan: one.plan })],
    ["phone", (one) => ({ phone: one.phone })],
    ["top", (one) => ({ top: one.top as "1080p" | "720p" })],
    ["hold", (one) => ({ hold_ms: Number(one.hold) })],
    ["stable", (one) => ({ stable_s: Number(one.stable) })],
    ["low", (one) => ({ low: one.low })],
    ["recorded", recordedOf],
    ["forbidden", (one) => (one.recorded === "forbidden" ? recordedOf(one) : {})],
    ["budget", (one) => ({ budget_mb: Math.round(Number(one.budget) * MB_OF_GB) })],
    ["agenda", (one) => ({ share_agenda: one.agenda })],
    ["documents", (one) => ({ share_documents: one.documents })],
  ];

function recordedOf({ recorded, forbidden }: Draft): ConferencePatch {
  if (recorded === "forbidden") return { recording_forbidden: forbidden.trim() };
  return { recording_forbidden: "", recording: recorded === "on" };
}

/** Only what was changed; `moment` makes an instant of a local time. */
export function patchOf(before: Draft, after: Draft, moment: (local: string) => string): ConferencePatch {
  const changed = SENT.filter(([key]) => before[key] !== after[key]);
  return Object.assign({}, ...changed.map(([, sent]) => sent(after, moment)));
}

/** Why the options cannot be saved; undefined: they can. */
export function wrong(draft: Draft): "name" | "start" | "hold" | "stable" | "budget" | "forbidden" | undefined {
  const within = (text: string, least: number, most: number) => Number(text) >= least && Number(text) <= most;
  if (draft.name.trim() === "") return "name";
  if (draft.start === "") return "start";
  if (!within(draft.hold, 200, 10_000)) return "hold";
  if (!within(draft.stable, 1, 120)) return "stable";
  if (!within(draft.budget, 0.1, 10_000)) return "budget";
  return draft.recorded === "forbidden" && draft.forbidden.trim() === "" ? "forbidden" : undefined;
}

export type Effect =
  | "name"
  | "start"
  | "phone"
  | "top"
  | "switching"
  | "lowOff"
  | "lowOn"
  | "recordOn"
  | "recordOff"
  | "forbid"
  | "budget"
  | "shareOn"
  | "shareOff";

const shares = (patch: ConferencePatch, value: boolean) =>
  patch.share_agenda === value || patch.share_documents === value;

/** Each effect and the change that has it, in the order of the sheet. */
const EFFECTS: readonly (readonly [Effect, (patch: ConferencePatch) => boolean])[] = [
  ["name", (patch) => patch.name !== undefined],
  ["start", (patch) => patch.starts_at !== undefined],
  ["phone", (patch) => patch.phone !== undefined],
  ["top", (patch) => patch.top !== undefined],
  ["switching", (patch) => patch.hold_ms !== undefined || patch.stable_s !== undefined],
  ["lowOff", (patch) => patch.low === false],
  ["lowOn", (patch) => patch.low === true],
  ["recordOn", (patch) => patch.recording === true],
  ["recordOff", (patch) => patch.recording === false],
  ["forbid", (patch) => Boolean(patch.recording_forbidden)],
  ["budget", (patch) => patch.budget_mb !== undefined],
  ["shareOn", (patch) => shares(patch, true)],
  ["shareOff", (patch) => shares(patch, false)],
];

/** What a change does while the conference runs; nothing while it does not. */
export function effects(patch: ConferencePatch, state: State): readonly Effect[] {
  if (state !== "rehearsal" && state !== "live") return [];
  return EFFECTS.filter(([, has]) => has(patch)).map(([effect]) => effect);
}

/** What the form of a source asks for, by its kind. */
export interface Asked {
  readonly address: "text" | "file" | "device" | "none";
  readonly listen: boolean;
  readonly transport: boolean;
  readonly sound: boolean;
}

/** See `Asked`. One that waits to be called needs no address: the server makes one. */
export function askedOf(kind: string, listen: boolean): Asked {
  const mayListen = kind === "rtsp" || kind === "rtmp" || kind === "srt";
  const chosen = kind === "file" || kind === "device" ? kind : "text";
  return {
    address: kind === "whip" || (mayListen && listen) ? "none" : chosen,
    listen: mayListen,
    transport: kind === "rtsp" && !listen,
    sound: kind === "device",
  };
}

/** What the form holds as the server wants it; without an address the stored one stays. */
export function sourceOf(
  form: { kind: string; address: string; listen: boolean; transport: string; sound: string },
  kept: boolean,
): SourceIn {
  const asked = askedOf(form.kind, form.listen);
  return {
    kind: form.kind as SourceIn["kind"],
    listen: asked.listen && form.listen,
    ...(asked.address === "none" || (kept && form.address.trim() === "") ? {} : { address: form.address.trim() }),
    ...(asked.transport ? { transport: form.transport as "tcp" | "udp" } : {}),
    ...(asked.sound ? { sound: form.sound.trim() } : {}),
  };
}

/** "1:02:09" of seconds, without hours that are none. */
export function lasting(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** The names of some sites, in the order of the board, and how many are left out. */
export function namesOf(
  ids: readonly number[],
  sites: Conference["sites"],
  most: number,
): { readonly names: readonly string[]; readonly more: number } {
  const wanted = new Set(ids);
  const names = sites.filter((one) => wanted.has(one.id)).map((one) => one.name);
  return { names: names.slice(0, most), more: Math.max(0, names.length - most) };
}

/** Who is to be called next: the first who waits, site or participant; undefined: nobody asks. */
export const nextToSpeak = (waiting: readonly FloorRequest[]): FloorRequest | undefined => waiting[0];

/** What the sign-in page asks the server, and where it goes afterwards. */

import { get, post, remove, setSurface } from "@common/api/index.ts";
import type { SignedIn } from "@common/types.gen.ts";

const SURFACES = ["console", "door", "seat", "wall"] as const;

export type SessionSurface = (typeof SURFACES)[number];

/** Whose session is wanted: `?surface=door`; the console unless said otherwise. */
export function wantedSurface(search: string): SessionSurface {
  const said = new URLSearchParams(search).get("surface");
  return SURFACES.find((name) => name === said) ?? "console";
}

/** Where to go after sign-in: `?next=` if it is a path of this server, else undefined. */
export function wantedNext(search: string, origin: string): string | undefined {
  const said = new URLSearchParams(search).get("next");
  if (said === null || !said.startsWith("/")) return undefined;
  const address = new URL(said, origin);
  return address.origin === origin ? address.pathname + address.search + address.hash : undefined;
}

/** The present session on this surface; undefined when there is none. Raises `Refusal` for anything else. */
export function presentSession(): Promise<SignedIn> {
  return get<SignedIn>("/api/session");
}

/** Sign in on the page's surface. Not repeated by itself: each try counts towards the lock-out. */
export function signIn(account: string, password: string): Promise<SignedIn> {
  return post<SignedIn>("/api/sign-in", { account, password }, { once: true });
}

/** Set one's own password. */
export function changePassword(current: string, fresh: string): Promise<void> {
  return post("/api/password", { current, new: fresh }, { once: true });
}

/** End the session on this surface. */
export function signOut(): Promise<void> {
  return remove("/api/session", { once: true });
}

/** The surface a landing address belongs to: "/door/" → "door". */
export function surfaceOf(landing: string): SessionSurface | undefined {
  return SURFACES.find((name) => landing === `/${name}` || landing.startsWith(`/${name}/`));
}

/**
 * Go where the person belongs. Sessions are kept per surface, so a steward who signed in for the console but belongs at
 * the door is signed in there, and the console's session is ended.
 */
export async function settle(
  person: { account: string; password: string },
  landing: string,
  surface: SessionSurface,
): Promise<string> {
  const home = surfaceOf(landing);
  if (home === undefined || home === surface) return landing;
  await signOut();
  setSurface(home);
  await signIn(person.account, person.password);
  return landing;
}

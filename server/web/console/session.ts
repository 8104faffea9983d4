/** Who is signed in at this console, and the way to sign in again. */

import { get, post, Refusal, remove } from "@common/api/index.ts";
import { signal } from "@preact/signals";

export interface Session {
  readonly name: string;
  readonly roles: readonly string[];
  readonly must_change_password: boolean;
}

/** undefined: not known yet. */
export const session = signal<Session | undefined>(undefined);

/** Send the person to the sign-in page, which comes back to where they are. */
export function toSignIn(): void {
  const back = `/console/${location.hash}`;
  location.assign(`/sign-in/?surface=console&next=${encodeURIComponent(back)}`);
}

/** Ask the server who is signed in; without a session go to the sign-in page. */
export async function loadSession(): Promise<void> {
  try {
    const found = await get<Session>("/api/session");
    if (found.must_change_password) toSignIn();
    else session.value = found;
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 401) toSignIn();
    else throw error;
  }
}

/** End the session of this console. */
export async function signOut(): Promise<void> {
  await remove("/api/session");
  location.assign("/sign-in/");
}

/** Whether the account holds one of these roles somewhere. The server decides; this only spares useless buttons. */
export function holds(...roles: readonly string[]): boolean {
  return session.value?.roles.some((role) => roles.includes(role)) ?? false;
}

/** Set a new password for oneself. */
export const changePassword = (current: string, next: string) => post("/api/password", { current, new: next });

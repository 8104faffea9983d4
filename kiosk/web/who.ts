/** Who sits here, and what the address said when the page was opened. The session itself is an HttpOnly cookie. */

import { remember, remembered } from "@common/storage.ts";
import { signal } from "@preact/signals";

/** The delegate signed in at this seat. */
export interface Sitter {
  readonly meetingId: number;
  readonly participantId: number;
  /** The meeting's join code; unknown when the invitation alone brought the delegate here. */
  readonly joinCode: string | undefined;
  readonly name: string;
}

/** What the address asks for: a meeting (`m`), an invitation (`i`), a check-in code from the wall (`c`). */
export interface Asked {
  readonly joinCode: string | undefined;
  readonly invitation: string | undefined;
}

/** What the address brought is kept until it is used: a new build may reload the page in between. */
const BROUGHT = "nghisu-seat-brought";
const SITTER = "nghisu-seat";
const JOIN = "nghisu-seat-join";

/** Join codes and invitations hold A–Z and 2–7 only; whatever a scanner or a thumb adds is dropped. */
export function cleanCode(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

function rememberedSitter(): Sitter | undefined {
  try {
    const found: unknown = JSON.parse(remembered(SITTER) ?? "null");
    return typeof found === "object" && found !== null && "participantId" in found ? (found as Sitter) : undefined;
  } catch {
    return undefined;
  }
}

interface Brought extends Asked {
  readonly checkIn: string | undefined;
}

function fromAddress(): Brought {
  const fresh = location.search !== "";
  const query = new URLSearchParams(fresh ? location.search : (remembered(BROUGHT, "session") ?? ""));
  // An invitation must not stay in the address for the next person to see.
  if (fresh) {
    remember(BROUGHT, query.toString(), "session");
    history.replaceState(null, "", location.pathname);
  }
  const value = (name: string) => cleanCode(query.get(name) ?? "") || undefined;
  return { joinCode: value("m"), invitation: value("i"), checkIn: value("c") };
}

const address = fromAddress();

/** The delegate at this seat; undefined when nobody has signed in on this device. */
export const sitter = signal<Sitter | undefined>(otherMeeting() ? undefined : rememberedSitter());

/** The meeting and invitation to sign in with. */
export const asked = signal<Asked>({
  joinCode: address.joinCode ?? sitter.peek()?.joinCode ?? remembered(JOIN),
  invitation: address.invitation,
});

/** The code from the wall's QR, to be used once somebody is signed in. */
export const checkInCode = signal<string | undefined>(address.checkIn);

/** Take the code for the one time it is used. */
export function takeCheckInCode(): string | undefined {
  const code = checkInCode.peek();
  checkInCode.value = undefined;
  remember(BROUGHT, undefined, "session");
  return code;
}

function otherMeeting(): boolean {
  const found = rememberedSitter();
  if (address.invitation !== undefined) return true;
  return address.joinCode !== undefined && found?.joinCode !== undefined && found.joinCode !== address.joinCode;
}

/** Somebody signed in. */
export function sitDown(who: Sitter): void {
  if (checkInCode.peek() === undefined) remember(BROUGHT, undefined, "session");
  sitter.value = who;
  remember(SITTER, JSON.stringify(who));
  if (who.joinCode !== undefined) askFor(who.joinCode);
  asked.value = { joinCode: who.joinCode ?? asked.value.joinCode, invitation: undefined };
}

/** He signed out: the seat is free; the meeting stays for the next one. */
export function standUp(): void {
  sitter.value = undefined;
  remember(SITTER, undefined);
}

/** Sign in to this meeting, or to another one when there is no code. */
export function askFor(joinCode: string | undefined): void {
  asked.value = { joinCode, invitation: undefined };
  remember(JOIN, joinCode);
}

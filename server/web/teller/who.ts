/** Which teller works at this laptop, and which vote he counts. The session itself is an HttpOnly cookie. */

import { remember, remembered } from "@common/storage.ts";
import { computed, signal } from "@preact/signals";

export interface Teller {
  readonly meetingId: number;
  readonly participantId: number;
  readonly joinCode: string;
  readonly name: string;
}

const WHO = "nghisu-teller";
const CODE = "nghisu-teller-code";

/** Join codes hold A–Z and 2–7 only; whatever a thumb adds is dropped. */
export function cleanCode(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

function found(): Teller | undefined {
  try {
    const kept: unknown = JSON.parse(remembered(WHO) ?? "null");
    return typeof kept === "object" && kept !== null && "participantId" in kept ? (kept as Teller) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined: nobody has signed in on this laptop. */
export const teller = signal<Teller | undefined>(found());

/** The join code to begin with: of the address (`?m=`), else the last one. */
export function firstCode(): string {
  const said = new URLSearchParams(location.search).get("m");
  if (said !== null) history.replaceState(null, "", location.pathname + location.hash);
  return cleanCode(said ?? remembered(CODE) ?? "");
}

export function sitDown(who: Teller): void {
  teller.value = who;
  remember(WHO, JSON.stringify(who));
  remember(CODE, who.joinCode);
}

export function standUp(): void {
  teller.value = undefined;
  remember(WHO, undefined);
}

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

/** The vote that is counted here (`#/12`); undefined: not chosen yet. A reload stays with it. */
export const voteId = computed(() => {
  const id = /^#\/(\d{1,9})$/.exec(hash.value)?.[1];
  return id === undefined ? undefined : Number(id);
});

export function goTo(vote: number | undefined): void {
  location.hash = vote === undefined ? "" : `#/${vote}`;
}

/** What the line carries, measured against the relay's own port: bytes both ways, over HTTP. */

import { Refusal } from "@common/api/index.ts";

export interface Relay {
  readonly url: string;
  readonly meter: string;
}

const DOWN_MS = 3_000;
const SETTLES_MS = 500; // a connection begins slowly; what comes first says little of the line
const FIRST_BYTES = 128 * 1024;
const MOST_BYTES = 24 * 1024 * 1024;
const WISH_MS = 1_500;
const UP_ROUNDS = 5;

/** Whole kb/s of a number of bytes in milliseconds, rounded down. */
export function kbps(bytes: number, ms: number): number {
  return ms <= 0 ? 0 : Math.floor((bytes * 8) / ms);
}

/** How many bytes to send next, so that it takes about as long as wished. */
export function nextSize(bytes: number, ms: number): number {
  const wish = ms <= 0 ? bytes * 8 : Math.round((bytes * WISH_MS) / ms);
  return Math.max(FIRST_BYTES, Math.min(MOST_BYTES, bytes * 8, wish));
}

async function checked(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new Refusal(await answer.json());
}

/** Towards the site, in kb/s. Raises what fetch raises, or `Refusal`. */
export async function measureDown(relay: Relay, signal: AbortSignal): Promise<number> {
  const headers = { Authorization: `Bearer ${relay.meter}` };
  const answer = await checked(await fetch(`${relay.url}/meter/down?ms=${DOWN_MS}`, { headers, signal }));
  const reader = answer.body?.getReader();
  let bytes = 0;
  let counted = 0;
  let since: number | undefined;
  const began = performance.now();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    const now = performance.now();
    bytes += value?.length ?? 0;
    if (since === undefined) {
      if (now - began >= SETTLES_MS) since = now;
    } else counted += value?.length ?? 0;
  }
  const end = performance.now();
  return since === undefined ? kbps(bytes, end - began) : kbps(counted, end - since);
}

/** From the site, in kb/s, measured where it arrives: bodies that grow until one takes long enough. */
export async function measureUp(relay: Relay, signal: AbortSignal): Promise<number> {
  let size = FIRST_BYTES;
  let found = 0;
  for (let round = 0; round < UP_ROUNDS; round += 1) {
    const began = performance.now();
    const answer = await checked(
      await fetch(`${relay.url}/meter/up`, {
        method: "POST",
        headers: { Authorization: `Bearer ${relay.meter}`, "Content-Type": "application/octet-stream" },
        body: noise(size),
        signal,
      }),
    );
    const said = (await answer.json()) as { bytes: number; ms: number };
    const spent = performance.now() - began;
    // What lay in buffers when the server began to count would flatter the line: the longer of both times counts.
    found = kbps(said.bytes, Math.max(said.ms, spent));
    if (spent >= WISH_MS / 2 || size >= MOST_BYTES) break;
    size = nextSize(size, spent);
  }
  return found;
}

function noise(size: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(made.subarray(at, Math.min(size, at + 65_536)));
  return made;
}

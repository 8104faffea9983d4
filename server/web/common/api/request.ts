/** One HTTP request to the server: JSON, the surface's session, a time limit, refusals as `Refusal`. */

import { ownProblem, problemFrom, Refusal } from "./problem.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  /** Same key, same answer: a write that is sent twice is done once. Required for every write. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until we stop waiting for an answer. */
  readonly timeout?: number;
}

const TIMEOUT_MS = 10_000;

let surface = "console";

/** Say once which surface this page is: it decides which session cookie counts. */
export function setSurface(name: string): void {
  surface = name;
}

/** The surface of this page. */
export function currentSurface(): string {
  return surface;
}

/** An address with its query. For `img` and links use `resource`, which adds the surface. */
export function address(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const text = new URLSearchParams(pairs).toString();
  return text === "" ? path : `${path}?${text}`;
}

/** An address that a browser loads without our headers (pictures, files): the surface goes into the query. */
export function resource(path: string, query: Query = {}): string {
  return address(path, { ...query, surface });
}

/** The headers of every request of ours. */
export function headers(key: string | undefined, json: boolean): Record<string, string> {
  return {
    Accept: "application/json",
    "X-Nghisu-Surface": surface,
    ...(json ? { "Content-Type": "application/json" } : {}),
    ...(key === undefined ? {} : { "Idempotency-Key": key }),
  };
}

/**
 * A fresh Idempotency-Key. Not randomUUID: that wants a secure context, which a kiosk on plain HTTP in a closed room
 * network is not.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Send one request once. Raises `Refusal`: the server's, or "offline" when no answer came. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const limit = AbortSignal.timeout(options.timeout ?? TIMEOUT_MS);
  const hasBody = options.body !== undefined;
  let response: Response;
  let text: string;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers: headers(options.key, hasBody),
      credentials: "same-origin",
      cache: "no-cache", // an ETag saves the body, never the question
      signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
      ...(hasBody ? { body: JSON.stringify(options.body) } : {}),
    });
    text = await response.text();
  } catch {
    throw new Refusal(ownProblem(options.signal?.aborted ? "cancelled" : "offline"));
  }
  if (!response.ok) throw new Refusal(problemFrom(response.status, text));
  return parse<T>(text);
}

/** The body of a good answer; an empty one (204) is undefined. */
export function parse<T>(text: string): T {
  if (text === "") return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Refusal(ownProblem("unreadable"));
  }
}

/** Whether sending the same again with the same key may help: no answer, a busy server, a restart in between. */
export function worthRetrying(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false;
  const { status, code } = error.problem;
  return code === "offline" || status === 408 || status === 429 || status >= 500;
}

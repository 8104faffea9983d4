/** HTTP for screens. Reads: `get`. Writes: `write` (a few tries, then a refusal) or `send` (until it has arrived). */

import { type Method, newKey, type Query, type RequestOptions, request, worthRetrying } from "./request.ts";

export { keepFile, postForFile } from "./file.ts";
export {
  asProblem,
  type FieldProblem,
  fieldText,
  type Problem,
  type ProblemText,
  problemText,
  Refusal,
} from "./problem.ts";
export { currentSurface, newKey, type Query, resource, setSurface } from "./request.ts";
export { resumeSends, type Sending, type SendState, send, sendingFor } from "./send.ts";
export { type Upload, type UploadProgress, upload } from "./upload.ts";

const TRIES = 4;
const PAUSE_MS = 250;

export interface WriteOptions {
  /** Give your own key to make a later repetition of the same act harmless. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Do not repeat when no answer came (sign-in and the like, which the server does not make repeatable). */
  readonly once?: boolean;
}

/** Read something. Raises `Refusal`. */
export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return request<T>("GET", path, signal ? { query, signal } : { query });
}

/** Write something. When no answer comes it is sent again, at most four times in all, with the same key. */
export async function write<T>(
  method: Exclude<Method, "GET">,
  path: string,
  body?: unknown,
  options: WriteOptions = {},
): Promise<T> {
  const call: RequestOptions = {
    key: options.key ?? newKey(),
    ...(body === undefined ? {} : { body }),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const tries = options.once ? 1 : TRIES;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request<T>(method, path, call);
    } catch (error) {
      if (attempt >= tries || !worthRetrying(error)) throw error;
      await new Promise((done) => setTimeout(done, PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2)));
    }
  }
}

/** POST. See `write`. */
export function post<T = void>(path: string, body: unknown = {}, options: WriteOptions = {}): Promise<T> {
  return write<T>("POST", path, body, options);
}

/** PUT. See `write`. */
export function put<T = void>(path: string, body: unknown = {}, options: WriteOptions = {}): Promise<T> {
  return write<T>("PUT", path, body, options);
}

/** PATCH. See `write`. */
export function patch<T = void>(path: string, body: unknown = {}, options: WriteOptions = {}): Promise<T> {
  return write<T>("PATCH", path, body, options);
}

/** DELETE. See `write`. */
export function remove<T = void>(path: string, options: WriteOptions = {}): Promise<T> {
  return write<T>("DELETE", path, undefined, options);
}

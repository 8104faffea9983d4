/** File uploads with progress. XMLHttpRequest, because fetch cannot tell how much has gone out. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ownProblem, problemFrom, Refusal } from "./problem.ts";
import { headers, newKey, parse } from "./request.ts";

/** Bytes sent of all bytes. `sent === of` means the server has it and is checking. */
export interface UploadProgress {
  readonly sent: number;
  readonly of: number;
}

export interface Upload<T> {
  readonly progress: ReadonlySignal<UploadProgress>;
  /** The server's answer; rejects with `Refusal`. */
  readonly answer: Promise<T>;
  cancel(): void;
}

/** Send a multipart form to `path` (POST). The same `key` makes a repetition harmless. */
export function upload<T>(path: string, form: FormData, key: string = newKey()): Upload<T> {
  const progress = signal<UploadProgress>({ sent: 0, of: 0 });
  const call = new XMLHttpRequest();
  let cancelled = false;
  const answer = new Promise<T>((resolve, reject) => {
    call.open("POST", path);
    for (const [name, value] of Object.entries(headers(key, false))) call.setRequestHeader(name, value);
    call.upload.onprogress = (event) => {
      progress.value = { sent: event.loaded, of: event.total };
    };
    call.onload = () => {
      if (call.status < 200 || call.status >= 300) {
        reject(new Refusal(problemFrom(call.status, call.responseText)));
        return;
      }
      try {
        resolve(parse<T>(call.responseText));
      } catch (error) {
        reject(error);
      }
    };
    const gone = () => reject(new Refusal(ownProblem(cancelled ? "cancelled" : "offline")));
    call.onerror = gone;
    call.ontimeout = gone;
    call.onabort = gone;
  });
  call.send(form);
  return {
    progress,
    answer,
    cancel: () => {
      cancelled = true;
      call.abort();
    },
  };
}

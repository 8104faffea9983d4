/** A file that the server makes from what it is told: printed letters and the like. */

import { ownProblem, problemFrom, Refusal } from "./problem.ts";
import { headers, newKey } from "./request.ts";

const LONGEST_MS = 120_000; // hundreds of pages are drawn while one waits

/** POST `body`, get the file. Raises `Refusal`. */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { ...headers(newKey(), true), Accept: "*/*" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(LONGEST_MS),
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refusal(ownProblem("offline"));
  }
  if (!response.ok) throw new Refusal(problemFrom(response.status, await response.text()));
  return await response.blob();
}

/** Let the browser keep the file under this name. */
export function keepFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LONGEST_MS);
}

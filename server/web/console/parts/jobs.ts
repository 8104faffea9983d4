/** Long work under way: uploads of this console. Shown in the corner wherever one is. */

import { asProblem, type Upload, type UploadProgress } from "@common/api/index.ts";
import { toast, toastRefusal } from "@common/components/Toast.tsx";
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Job {
  readonly id: number;
  readonly name: string;
  readonly progress: ReadonlySignal<UploadProgress>;
  readonly cancel: () => void;
}

export const jobs = signal<readonly Job[]>([]);
let last = 0;

/** Follow an upload in the corner until it is answered. Undefined when it was refused (said in words). */
export async function follow<T>(name: string, upload: Upload<T>, done?: () => string): Promise<T | undefined> {
  last += 1;
  const id = last;
  jobs.value = [...jobs.value, { id, name, progress: upload.progress, cancel: () => upload.cancel() }];
  try {
    const answer = await upload.answer;
    if (done) toast("good", done);
    return answer;
  } catch (error) {
    if (asProblem(error).code !== "cancelled") toastRefusal(error);
    return undefined;
  } finally {
    jobs.value = jobs.value.filter((job) => job.id !== id);
  }
}

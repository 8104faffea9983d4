/** Doing something at the server: say what happened, or why not and what to do. */

import { toast, toastRefusal } from "@common/components/Toast.tsx";

/** Carry out `doing`; then say `done` in the corner. True when it was done. Never rejects. */
export async function act(doing: Promise<unknown>, done?: () => string): Promise<boolean> {
  try {
    await doing;
    if (done) toast("good", done);
    return true;
  } catch (error) {
    toastRefusal(error);
    return false;
  }
}

/** The code that proves somebody is in the room. It changes every minute, so it is asked for, not pushed. */

import { get } from "@common/api/index.ts";
import type { RoomCode } from "@common/types.gen.ts";
import { useEffect, useState } from "preact/hooks";
import { live, meetingId } from "../live.ts";

const AGAIN_MS = 5_000;
/** Ask a little after the change rather than before it. */
const LATE_MS = 300;
/** The server takes a code for two minutes after its own; an older one would only annoy, in ms. */
const GOOD_MS = 2 * 60_000;

/** "123 456": six digits are read in two breaths. */
export const spaced = (code: string) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`;

/** The code now; undefined while there is none that would be taken. */
export function useRoomCode(): RoomCode | undefined {
  const id = meetingId.value;
  const [code, setCode] = useState<RoomCode>();
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      let pause = AGAIN_MS;
      try {
        const answer = await get<RoomCode>(`/api/meetings/${id}/room-code`);
        if (over) return;
        setCode(answer);
        pause = Math.max(LATE_MS, answer.changes_ms - live.now() + LATE_MS);
      } catch {
        setCode((before) => (before && before.changes_ms + GOOD_MS > live.now() ? before : undefined));
      }
      if (!over) timer = setTimeout(() => void ask(), pause);
    };
    if (id !== undefined) void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id]);
  return code;
}

/** The order of those who wait to speak under the secretary's hands: shown at once, sent one after the other. */

import { toastRefusal } from "@common/components/Toast.tsx";
import { useRef, useState } from "preact/hooks";
import { orderSpeakers } from "../calls/room.ts";
import type { FloorRequest } from "../shapes.ts";

/** `id` one place on (`by` 1) or back (-1). At the ends, and for a stranger, the same list. */
export function moved(ids: readonly number[], id: number, by: 1 | -1): readonly number[] {
  const from = ids.indexOf(id);
  const other = ids[from + by];
  if (from === -1 || other === undefined) return ids;
  return ids.map((one) => (one === id ? other : one === other ? id : one));
}

/** The waiting in the wanted order: who has gone is left out, who came meanwhile stands at the end. */
export function inOrder(waiting: readonly FloorRequest[], ids: readonly number[]): readonly FloorRequest[] {
  const place = (one: FloorRequest) => {
    const at = ids.indexOf(one.id);
    return at === -1 ? ids.length : at;
  };
  return [...waiting].sort((a, b) => place(a) - place(b));
}

export interface Speakers {
  readonly waiting: readonly FloorRequest[];
  readonly shift: (id: number, by: 1 | -1) => void;
}

/** See the top of this file. */
export function useSpeakers(meetingId: number, known: readonly FloorRequest[]): Speakers {
  const [wanted, setWanted] = useState<readonly number[] | undefined>(undefined);
  const underWay = useRef(0);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = wanted === undefined ? known : inOrder(known, wanted);
  const shift = (id: number, by: 1 | -1) => {
    const ids = waiting.map((one) => one.id);
    const next = moved(ids, id, by);
    if (next === ids) return;
    setWanted(next);
    underWay.current += 1;
    before.current = before.current
      .then(() => orderSpeakers(meetingId, next))
      .catch(toastRefusal)
      .finally(() => {
        underWay.current -= 1;
        // The push of the topic comes with the answer; until it is here, what the hand did stays on the screen.
        if (underWay.current === 0) setTimeout(() => underWay.current === 0 && setWanted(undefined), 400);
      });
  };
  return { waiting, shift };
}

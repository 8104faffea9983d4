/** The agenda's order under the secretary's hands: shown at once, sent one after the other, corrected by the server. */

import { toastRefusal } from "@common/components/Toast.tsx";
import { useRef, useState } from "preact/hooks";
import { orderItems } from "../calls/meetings.ts";
import type { Item } from "../shapes.ts";
import type { Place } from "./order.ts";

export interface Ordered {
  readonly items: readonly Item[];
  readonly order: readonly Place[];
  readonly reorder: (order: readonly Place[]) => void;
}

/** Numbers as they will be: "2", "2.1". */
function numbered(items: readonly Item[], order: readonly Place[]): readonly Item[] {
  let top = 0;
  let below = 0;
  return order.flatMap((place) => {
    const item = items.find((one) => one.id === place.id);
    if (item === undefined) return [];
    if (place.parent_id === null) {
      top += 1;
      below = 0;
    } else below += 1;
    const number = place.parent_id === null ? String(top) : `${top}.${below}`;
    return [{ ...item, parent_id: place.parent_id, number }];
  });
}

/** See the top of this file. */
export function useOrder(meetingId: number, items: readonly Item[]): Ordered {
  const [mine, setMine] = useState<readonly Place[] | undefined>(undefined);
  const underWay = useRef(0);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const order = mine ?? items.map(({ id, parent_id }) => ({ id, parent_id }));
  const reorder = (next: readonly Place[]) => {
    if (next === order) return;
    setMine(next);
    underWay.current += 1;
    before.current = before.current
      .then(() => orderItems(meetingId, next))
      .catch(toastRefusal)
      .finally(() => {
        underWay.current -= 1;
        // The push of the topic comes with the answer; until it is here, what the hand did stays on the screen.
        if (underWay.current === 0) setTimeout(() => underWay.current === 0 && setMine(undefined), 400);
      });
  };
  return { items: mine === undefined ? items : numbered(items, mine), order, reorder };
}

/** One row of the agenda editor: chosen by click or arrows, dragged by its whole length. */

import { useEffect, useRef, useState } from "preact/hooks";
import { formatClock, t } from "../i18n/index.ts";
import type { Item } from "../shapes.ts";
import type { Drop } from "./order.ts";

const KIND = "application/x-nghisu-item";
const INTO_FROM = 120; // px from the left of the row: further right means "below this item"

interface Props {
  readonly item: Item;
  readonly chosen: boolean;
  readonly papers: number;
  readonly movable: boolean;
  readonly onChoose: () => void;
  readonly onDrop: (id: number, where: Drop) => void;
}

function whereOf(event: DragEvent, row: HTMLElement, sub: boolean): Drop {
  const box = row.getBoundingClientRect();
  if (!sub && event.clientX - box.left > INTO_FROM && event.clientY - box.top > box.height / 3) return "into";
  return event.clientY - box.top < box.height / 2 ? "before" : "after";
}

/** See the top of this file. */
export function AgendaRow({ item, chosen, papers, movable, onChoose, onDrop }: Props) {
  const [over, setOver] = useState<Drop | undefined>(undefined);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!chosen) return;
    row.current?.scrollIntoView({ block: "nearest" });
    if (document.activeElement?.getAttribute("role") === "option") row.current?.focus({ preventScroll: true });
  }, [chosen]);
  const sub = item.parent_id !== null;
  const facts = [
    item.minutes > 0 ? t("show.minutes", { n: item.minutes }) : "",
    papers > 0 ? t("agenda.papers", { n: papers }) : "",
  ];
  return (
    <li
      ref={row}
      role="option"
      class={`agenda-row${sub ? " agenda-sub" : ""}${over ? ` agenda-over-${over}` : ""}`}
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      draggable={movable}
      onClick={onChoose}
      onKeyDown={() => undefined}
      onDragStart={(event) => {
        event.dataTransfer?.setData(KIND, String(item.id));
        onChoose();
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes(KIND)) return;
        event.preventDefault();
        setOver(whereOf(event, event.currentTarget, sub));
      }}
      onDragLeave={() => setOver(undefined)}
      onDrop={(event) => {
        const id = Number(event.dataTransfer?.getData(KIND));
        setOver(undefined);
        if (id > 0) onDrop(id, whereOf(event, event.currentTarget, sub));
      }}
    >
      <span class="agenda-grip" aria-hidden="true">
        {"⠿"}
      </span>
      <span class="show-number">{item.number}</span>
      <span class="show-title">
        {item.title}
        {item.rapporteur && <small>{item.rapporteur}</small>}
      </span>
      <span class="show-times">
        <span>{formatClock(item.planned_start_ms)}</span>
        <small>{facts.filter(Boolean).join(" · ")}</small>
      </span>
    </li>
  );
}

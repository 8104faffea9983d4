/** Left: the agenda, planned times against real ones. Arrows choose, Enter starts. */

import { Button } from "@common/components/Button.tsx";
import { useServerTime } from "@common/components/Clock.tsx";
import { finishItem, startItem } from "../calls/meetings.ts";
import { formatClock, t } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import type { Item } from "../shapes.ts";
import { chooseItem, chosenItem, part, usePartKeys, useRowFocus } from "./focus.ts";
import type { Cockpit } from "./model.ts";

const MARKS: Readonly<Record<string, string>> = { done: "✓", current: "▸", pending: "" };
const MINUTE = 60_000;

/** How far the meeting is from its plan, in whole minutes; positive is late. undefined: nothing has begun. */
export function delayMinutes(current: Item | undefined, now: number): number | undefined {
  if (current?.started_ms == null) return undefined;
  const over = Math.max(0, now - current.started_ms - current.minutes * MINUTE);
  const late = current.started_ms - current.planned_start_ms + (current.minutes > 0 ? over : 0);
  return Math.round(late / MINUTE);
}

function delayText(minutes: number | undefined): string {
  if (minutes === undefined) return t("show.notStarted");
  if (minutes > 1) return t("show.late", { minutes });
  return minutes < -1 ? t("show.early", { minutes: -minutes }) : t("show.onTime");
}

function stateWord(item: Item): string {
  if (item.state === "done") return t("show.done");
  return item.state === "current" ? t("show.current") : t("show.pending");
}

function Row({ item, chosen }: { readonly item: Item; readonly chosen: boolean }) {
  const real = item.started_ms;
  return (
    <li
      role="option"
      class={`show-row show-${item.state}${item.parent_id === null ? "" : " show-sub"}`}
      aria-selected={chosen}
      aria-current={item.state === "current" ? "step" : undefined}
      tabIndex={chosen ? 0 : -1}
      onClick={() => chooseItem(item.id)}
      onKeyDown={() => undefined}
    >
      <span class="show-mark" aria-hidden="true">
        {MARKS[item.state] ?? ""}
      </span>
      <span class="show-number">{item.number}</span>
      <span class="show-title">
        {item.title}
        <span class="visually-hidden">{`, ${stateWord(item)}`}</span>
        {item.rapporteur && <small>{item.rapporteur}</small>}
      </span>
      <span class="show-times">
        <span
          class={real === null ? "" : "show-struck"}
          title={t("show.planned", { time: formatClock(item.planned_start_ms) })}
        >
          {formatClock(item.planned_start_ms)}
        </span>
        {real !== null && <strong title={t("show.real", { time: formatClock(real) })}>{formatClock(real)}</strong>}
        {item.minutes > 0 && <small>{t("show.minutes", { n: item.minutes })}</small>}
      </span>
    </li>
  );
}

function Delay({ current }: { readonly current: Item | undefined }) {
  const minutes = delayMinutes(current, useServerTime());
  return <span class={minutes !== undefined && minutes > 1 ? "delay delay-late" : "delay"}>{delayText(minutes)}</span>;
}

/** See the top of this file. */
export function RunOfShow({ cockpit }: { readonly cockpit: Cockpit }) {
  const { id, items, current, whyNotRun } = cockpit;
  const chosen = chosenItem.value ?? cockpit.next?.id ?? current?.id;
  const item = items.find((one) => one.id === chosen);
  const active = part.value === "show";
  const list = useRowFocus(chosen, active);
  const whyNotStart = whyNotRun ?? startReason(item);
  const whyNotFinish = whyNotRun ?? (current ? undefined : t("show.noCurrent"));
  const start = () => {
    if (item === undefined) return undefined;
    return act(startItem(id, item.id)).then((done) => {
      if (done) chooseItem(undefined);
    });
  };
  const finish = () => current && act(finishItem(id, current.id));
  const step = (by: number) => {
    const at = items.findIndex((one) => one.id === chosen);
    const to = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (to) chooseItem(to.id);
  };
  usePartKeys("show", {
    ArrowDown: { label: t("show.move"), run: () => step(1) },
    ArrowUp: { label: t("show.move"), hidden: true, run: () => step(-1) },
    Enter: { label: t("show.start.plain"), run: () => void start(), reason: whyNotStart },
    k: { label: t("show.finish.plain"), run: () => void finish(), reason: whyNotFinish },
  });
  return (
    <section id="part-show" class="part" aria-labelledby="part-show-title" tabIndex={-1}>
      <header class="part-head">
        <h2 id="part-show-title">
          <kbd>{"1"}</kbd> {t("part.show")}
        </h2>
        {(current || items.every((one) => one.state === "pending")) && <Delay current={current} />}
      </header>
      {cockpit.agendaKnown && items.length === 0 && <p class="empty">{t("show.none")}</p>}
      <ul ref={list} class="show-list" role="listbox" aria-label={t("part.show")}>
        {items.map((one) => (
          <Row key={one.id} item={one} chosen={one.id === chosen} />
        ))}
      </ul>
      {item?.internal_note && (
        <p class="show-note">
          <strong>{t("show.note")}</strong> {item.internal_note}
        </p>
      )}
      <footer class="part-foot">
        <Button wide onPress={start} reason={whyNotStart} hint="↵" kind={whyNotStart ? "normal" : "primary"}>
          {item ? t("show.start", { number: item.number }) : t("show.start.plain")}
        </Button>
        {current && !whyNotRun && (
          <Button wide onPress={finish} reason={whyNotFinish} hint="K">
            {t("show.finish", { number: current.number })}
          </Button>
        )}
      </footer>
    </section>
  );
}

function startReason(item: Item | undefined): string | undefined {
  if (item === undefined) return t("show.noItem");
  return item.state === "current" ? t("show.isCurrent") : undefined;
}

/** Middle: the current and the next item, then papers and votes of the item looked at. An open vote comes first. */

import { Button } from "@common/components/Button.tsx";
import { useServerTime } from "@common/components/Clock.tsx";
import { formatClock, formatCountdown, t } from "../i18n/index.ts";
import type { Header, Item } from "../shapes.ts";
import { chooseItem, chosenItem } from "./focus.ts";
import { Motions } from "./Motions.tsx";
import type { Cockpit } from "./model.ts";
import { Papers } from "./Papers.tsx";

const MINUTE = 60_000;

/** Milliseconds an item has taken so far. Pauses do not count: in one the clock stands where it began. */
export function elapsed(
  item: Pick<Item, "started_ms" | "paused_ms">,
  header: Pick<Header, "state" | "state_since_ms"> | undefined,
  now: number,
): number {
  const until = header?.state === "paused" ? Math.min(now, header.state_since_ms) : now;
  return Math.max(0, until - (item.started_ms ?? until) - item.paused_ms);
}

function Elapsed({ item, header }: { readonly item: Item; readonly header: Header | undefined }) {
  const now = useServerTime();
  if (item.started_ms === null) return null;
  const gone = elapsed(item, header, now);
  const planned = item.minutes * MINUTE;
  const over = planned > 0 && gone > planned;
  return (
    <div class={over ? "now-time now-over" : "now-time"}>
      <span>
        {t("now.elapsed", { time: formatCountdown(gone) })}
        {planned > 0 && ` ${t("now.of", { minutes: item.minutes })}`}
        {over && `, ${t("now.over", { time: formatCountdown(gone - planned) })}`}
      </span>
      {planned > 0 && (
        <span class="now-bar" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, (gone / planned) * 100)}%` }} />
        </span>
      )}
    </div>
  );
}

function Current({ item, header }: { readonly item: Item | undefined; readonly header: Header | undefined }) {
  const closed = header?.state === "closed";
  return (
    <div class="now-current">
      <p class="eyebrow">{t("now.current")}</p>
      {item ? (
        <>
          <h3 class="now-title">
            <span>{item.number}</span> {item.title}
          </h3>
          <p class="now-who">{item.rapporteur}</p>
          <Elapsed item={item} header={header} />
        </>
      ) : (
        <p class="empty">{closed ? t("why.closed") : t("now.none")}</p>
      )}
    </div>
  );
}

function Next({ item, any }: { readonly item: Item | undefined; readonly any: boolean }) {
  if (!any) return null;
  return (
    <p class="now-next">
      <span class="eyebrow">{t("now.next")}</span>
      {item ? (
        <span>
          <strong>{item.number}</strong> {item.title}{" "}
          <small>{t("show.planned", { time: formatClock(item.planned_start_ms) })}</small>
        </span>
      ) : (
        <span>{t("now.none.next")}</span>
      )}
    </p>
  );
}

/** The item whose papers and votes are shown: the chosen one, else the current, else the first. */
export function viewedItem(cockpit: Cockpit): Item | undefined {
  return cockpit.items.find((item) => item.id === chosenItem.value) ?? cockpit.current ?? cockpit.items[0];
}

/** See the top of this file. */
export function Now({ cockpit }: { readonly cockpit: Cockpit }) {
  const item = viewedItem(cockpit);
  // A vote that can be taken further comes before the papers: its next step must not lie below the fold.
  const urgent = cockpit.polls.some(
    (poll) =>
      poll.state === "open" || poll.state === "closed" || (poll.state === "draft" && poll.agenda_item_id === item?.id),
  );
  const elsewhere = item !== undefined && cockpit.current !== undefined && item.id !== cockpit.current.id;
  const papers = <Papers key="papers" cockpit={cockpit} item={item} />;
  const motions = <Motions key="motions" cockpit={cockpit} item={item} />;
  return (
    <section id="part-now" class="part" aria-labelledby="part-now-title" tabIndex={-1}>
      <header class="part-head">
        <h2 id="part-now-title">
          <kbd>{"2"}</kbd> {t("part.now")}
        </h2>
      </header>
      <div class="part-body">
        <Current item={cockpit.current} header={cockpit.header} />
        <Next item={cockpit.next} any={cockpit.current !== undefined} />
        {elsewhere && (
          <p class="now-elsewhere">
            <span>{t("now.viewing", { number: item.number })}</span>
            <Button kind="quiet" icon="undo" onPress={() => chooseItem(undefined)}>
              {t("now.back")}
            </Button>
          </p>
        )}
        {urgent ? [motions, papers] : [papers, motions]}
      </div>
    </section>
  );
}

/** What is being discussed: number, title, rapporteur, time left. Before the first item: the whole agenda. */

import { useServerTime } from "@common/components/Clock.tsx";
import { formatCountdown } from "@common/i18n/index.ts";
import type { AgendaItemView, AgendaView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { useWall } from "../live.ts";
import { leftOf } from "./itemClock.ts";

const MOST_ROWS = 8;

/** See above. */
export function AgendaScene() {
  const agenda = useWall("agenda");
  const header = useWall("header");
  if (agenda === undefined) return null;
  return <AgendaOf agenda={agenda} still={header?.state === "paused" ? header.state_since_ms : undefined} />;
}

interface AgendaOfProps {
  readonly agenda: AgendaView;
  /** The moment at which a pause stopped the item's clock. */
  readonly still?: number | undefined;
}

/** Any agenda: this meeting's, or that of the conference it watches. */
export function AgendaOf({ agenda, still }: AgendaOfProps) {
  const item = agenda.items.findLast((found) => found.state === "current");
  return item ? <Current item={item} agenda={agenda} still={still} /> : <Overview agenda={agenda} />;
}

function Current({ item, agenda, still }: AgendaOfProps & { readonly item: AgendaItemView }) {
  const place = agenda.items.indexOf(item);
  const next = agenda.items.slice(place + 1).find((found) => found.state === "pending");
  return (
    <section class="agenda-scene">
      <div class="agenda-words">
        <p class="gold">{t("item.number", { number: item.number })}</p>
        <h2>{item.title}</h2>
        {item.rapporteur && <p class="agenda-rapporteur">{t("item.rapporteur", { name: item.rapporteur })}</p>}
      </div>
      <TimeLeft item={item} still={still} />
      {next && <p class="soft agenda-next">{t("item.next", { number: next.number, title: next.title })}</p>}
    </section>
  );
}

/** In a pause the item's clock stands where it was when the pause began, and says so. */
function TimeLeft({ item, still }: { readonly item: AgendaItemView; readonly still: number | undefined }) {
  const now = useServerTime();
  const left = leftOf(item, still ?? now);
  if (left === undefined) return null;
  const over = left < 0;
  return (
    <p class={over ? "agenda-time agenda-over" : "agenda-time"}>
      <strong class="figure">{formatCountdown(Math.abs(left))}</strong>
      <span>{over ? t("item.over") : t("item.left")}</span>
      {still !== undefined && <span class="agenda-rests">{t("item.rests")}</span>}
    </p>
  );
}

function Overview({ agenda }: { readonly agenda: AgendaView }) {
  const rows = agenda.items.filter((item) => item.parent_id === null);
  const first = Math.max(0, rows.findIndex((item) => item.state !== "done") - 1);
  return (
    <section class="overview">
      <h2>{t("item.none")}</h2>
      {rows.length === 0 && <p class="soft">{t("item.empty")}</p>}
      <ol>
        {rows.slice(first, first + MOST_ROWS).map((item) => (
          <li key={item.id} class={item.state === "done" ? "overview-done" : ""}>
            <span class="gold">{item.number}</span>
            <span>{item.title}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

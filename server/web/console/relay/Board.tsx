/**
 * All sites in one glance: those in trouble with the reason and whom to call, and every site as a small lamp. A site
 * opens by click, touch or Enter; the arrow keys walk over the lamps, and F asks whether the chosen one shall speak.
 */

import { Button } from "@common/components/Button.tsx";
import { useKeys } from "@common/keys.ts";
import { useRef, useState } from "preact/hooks";
import { factsOf, MARKS } from "./facts.ts";
import { neighbour } from "./grid.ts";
import { t, word } from "./i18n/index.ts";
import { counts, type Row, troubled } from "./model.ts";
import type { Light } from "./shapes.ts";
import { askFloor, FLOOR_KEY } from "./sites/floor.ts";
import { t as tSites } from "./sites/i18n/index.ts";
import { Phones } from "./sites/Now.tsx";

const LIGHTS: readonly Light[] = ["red", "amber", "green", "off"];
/** Up to so many sites each lamp has room for its figures. */
const ROOMY = 40;

export interface BoardProps {
  readonly meetingId: number;
  readonly rows: readonly Row[];
  readonly people: number;
  /** Why no site can be given the floor. */
  readonly whyNotFloor: string | undefined;
  readonly onSite: (id: number) => void;
}

/** See above. */
export function Board(props: BoardProps) {
  const { rows, people, onSite } = props;
  const found = counts(rows);
  const trouble = troubled(rows);
  return (
    <section class="rb" aria-label={t("board.title")}>
      <p class="rb-counts" role="status">
        {LIGHTS.map((light) => (
          <span key={light} class={`rb-count rb-${light}`}>
            <span aria-hidden="true">{MARKS[light]}</span> <strong>{found[light]}</strong> {t(`light.${light}`)}
          </span>
        ))}
        <span>{t("board.people", { n: people })}</span>
      </p>
      {rows.length === 0 && <p class="empty">{t("board.none")}</p>}
      {rows.length > 0 && trouble.length === 0 && <p class="rb-calm">{t("board.calm")}</p>}
      {trouble.length > 0 && (
        <ul class="rb-trouble" aria-label={t("board.trouble")}>
          {trouble.map((row) => (
            <Trouble key={row.id} row={row} onOpen={() => onSite(row.id)} />
          ))}
        </ul>
      )}
      {rows.length > 0 && <Lamps {...props} />}
    </section>
  );
}

/** One stop for the Tab key; the arrows walk inside. */
function Lamps({ meetingId, rows, whyNotFloor, onSite }: BoardProps) {
  const list = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState<number>();
  const [inside, setInside] = useState(false);
  const chosen = rows.find((row) => row.id === stop);
  const first = chosen?.id ?? rows[0]?.id;
  useKeys({
    [FLOOR_KEY]: {
      label: t("floor.give"),
      reason: whyNotFloor ?? (inside && chosen ? undefined : tSites("site.choose")),
      run: () => chosen && askFloor(meetingId, chosen),
    },
  });
  const walk = (event: KeyboardEvent) => {
    const lamps = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = lamps.indexOf(document.activeElement as HTMLButtonElement);
    const spots = lamps.map((one) => ({ left: one.offsetLeft, top: one.offsetTop }));
    const to = neighbour(spots, at, event.key);
    if (to === at || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    lamps[to]?.focus();
  };
  return (
    <ul
      ref={list}
      class={rows.length <= ROOMY ? "rb-all rb-roomy" : "rb-all"}
      aria-label={t("board.all")}
      onKeyDown={walk}
      onFocusIn={() => setInside(true)}
      onFocusOut={() => setInside(false)}
    >
      {rows.map((row) => (
        <li key={row.id}>
          <Lamp
            row={row}
            roomy={rows.length <= ROOMY}
            stop={row.id === first}
            onFocus={() => setStop(row.id)}
            onOpen={() => onSite(row.id)}
          />
        </li>
      ))}
    </ul>
  );
}

interface LampProps {
  readonly row: Row;
  readonly roomy: boolean;
  /** Whether the Tab key stops here. */
  readonly stop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

function Lamp({ row, roomy, stop, onFocus, onOpen }: LampProps) {
  const facts = factsOf(row);
  return (
    <button
      type="button"
      class={`rb-site rb-${row.light}`}
      title={[row.full, t(`light.${row.light}`), facts].filter(Boolean).join(" · ")}
      aria-haspopup="dialog"
      tabIndex={stop ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
    >
      <span aria-hidden="true">{MARKS[row.light]}</span>
      <span class="rb-name">{row.name}</span>
      <span class="visually-hidden">{t(`light.${row.light}`)}</span>
      {row.people > 0 && <small class="tabular">{row.people}</small>}
      {roomy && facts !== "" && <small class="rb-facts tabular">{facts}</small>}
    </button>
  );
}

function Trouble({ row, onOpen }: { readonly row: Row; readonly onOpen: () => void }) {
  return (
    <li class={`rb-row rb-${row.light}`}>
      <span class="rb-lamp" aria-hidden="true">
        {MARKS[row.light]}
      </span>
      <span class="rb-what">
        <button type="button" class="rb-open" aria-haspopup="dialog" onClick={onOpen}>
          {row.full}
        </button>
        <span>{row.why === "" ? t(`light.${row.light}`) : word("reason", row.why)}</span>
        <small>{factsOf(row)}</small>
      </span>
      <span class="rb-phones">
        <Phones row={row} />
      </span>
    </li>
  );
}

/** The button that takes the floor back at once. */
export function TakeBack({ onPress }: { readonly onPress: () => unknown }) {
  return (
    <Button kind="danger" hint="T" onPress={onPress}>
      {t("floor.take")}
    </Button>
  );
}

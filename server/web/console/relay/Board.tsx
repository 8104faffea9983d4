/** All sites in one glance: those in trouble with the reason and whom to call, and every site as a small lamp. */

import { Button } from "@common/components/Button.tsx";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { giveFloor } from "./calls.ts";
import { t, word } from "./i18n/index.ts";
import { counts, type Row, troubled } from "./model.ts";
import type { Light } from "./shapes.ts";

const LIGHTS: readonly Light[] = ["red", "amber", "green", "off"];
/** Colour never stands alone. */
const MARKS: Readonly<Record<Light, string>> = { red: "✕", amber: "!", green: "✓", off: "–" };

export interface BoardProps {
  readonly meetingId: number;
  readonly rows: readonly Row[];
  readonly people: number;
  /** Why no site can be given the floor. */
  readonly whyNotFloor: string | undefined;
}

/** See above. */
export function Board({ meetingId, rows, people, whyNotFloor }: BoardProps) {
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
            <Trouble key={row.id} row={row} />
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <ul class="rb-all" aria-label={t("board.all")}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                class={`rb-site rb-${row.light}`}
                title={[row.name, t(`light.${row.light}`), facts(row), whyNotFloor].filter(Boolean).join(" · ")}
                aria-disabled={whyNotFloor !== undefined}
                onClick={() => offerFloor(meetingId, row, whyNotFloor)}
              >
                <span aria-hidden="true">{MARKS[row.light]}</span>
                <span class="rb-name">{row.name}</span>
                <span class="visually-hidden">{t(`light.${row.light}`)}</span>
                {row.people > 0 && <small class="tabular">{row.people}</small>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Trouble({ row }: { readonly row: Row }) {
  return (
    <li class={`rb-row rb-${row.light}`}>
      <span class="rb-lamp" aria-hidden="true">
        {MARKS[row.light]}
      </span>
      <span class="rb-what">
        <strong>{row.name}</strong>
        <span>{row.why === "" ? t(`light.${row.light}`) : word("reason", row.why)}</span>
        <small>{facts(row)}</small>
      </span>
      <span class="rb-phones">
        {row.phones.length === 0 && <small>{t("phone.none")}</small>}
        {row.phones.map((one) => (
          <a key={one.who} href={`tel:${one.phone.replaceAll(" ", "")}`}>
            <strong class="tabular">{one.phone}</strong> <small>{one.name || t(`phone.${one.who}`)}</small>
          </a>
        ))}
      </span>
    </li>
  );
}

/** "mức thấp · mất gói 2,1% · trễ 42 ms". */
function facts(row: Row): string {
  return [
    row.rung === "none" ? "" : word("rung", row.rung),
    row.loss > 0 ? t("fact.loss", { n: row.loss }) : "",
    row.rtt > 0 ? t("fact.rtt", { n: row.rtt }) : "",
    row.freezes > 0 ? t("fact.freezes", { n: row.freezes }) : "",
    row.verdict === "" ? "" : t("fact.verdict", { letter: row.verdict }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function offerFloor(meetingId: number, row: Row, whyNot: string | undefined): void {
  if (whyNot !== undefined) return;
  ask({
    title: t("floor.give.title", { name: row.name }),
    says: [t("floor.give.says")],
    warning: row.maySpeak ? undefined : t("floor.why.mute"),
    action: t("floor.give"),
    key: "g",
    run: () => act(giveFloor(meetingId, row.id), () => t("floor.given", { name: row.name })),
  });
}

/** The button that takes the floor back at once. */
export function TakeBack({ onPress }: { readonly onPress: () => unknown }) {
  return (
    <Button kind="danger" hint="T" onPress={onPress}>
      {t("floor.take")}
    </Button>
  );
}

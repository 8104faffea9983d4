/** The agenda and the item one looks at: what is being discussed, and its papers. */

import { Icon } from "@common/components/Icon.tsx";
import { Notice } from "@common/components/Toast.tsx";
import { formatLongDate, formatTime } from "@common/i18n/index.ts";
import type { AgendaDocument, AgendaItemView, AgendaView, HeaderView, SharedView } from "@common/types.gen.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { later } from "../parts/Later.tsx";
import { read } from "./reading.ts";
import "./agenda.css";

const SharedPapers = later(async () => (await import("../relay/SharedPapers.tsx")).SharedPapers);

/** What is being discussed now: the innermost current item. */
export function currentItem(agenda: AgendaView | undefined): AgendaItemView | undefined {
  return agenda?.items.findLast((item) => item.state === "current");
}

/** "Đang bàn" and the like. */
function stateWord(item: AgendaItemView): string {
  if (item.state === "done") return t("agenda.done");
  return item.state === "current" ? t("agenda.current") : t("agenda.pending");
}

function StateMark({ item }: { readonly item: AgendaItemView }) {
  if (item.state === "done") return <Icon name="check" label={stateWord(item)} />;
  return item.state === "current" ? <Icon name="play" label={stateWord(item)} /> : <span class="agenda-mark" />;
}

export interface AgendaProps {
  readonly agenda: AgendaView | undefined;
  readonly header: HeaderView | undefined;
  /** What the host of the conference shares with this room. */
  readonly shared: SharedView | undefined;
}

/** The agenda beside the chosen item (the current one until another is touched). */
export function Agenda({ agenda, header, shared }: AgendaProps) {
  const current = currentItem(agenda);
  const [touched, setTouched] = useState<number | "shared">();
  useEffect(() => setTouched(undefined), [current?.id]); // the meeting went on: show where it is
  if (agenda === undefined) return <p class="room-empty">{t("agenda.loading")}</p>;
  const papers = shared && shared.papers.length > 0 ? shared : undefined;
  const far = touched === "shared" ? papers : undefined;
  const chosen = agenda.items.find((item) => item.id === touched) ?? current ?? agenda.items[0];
  return (
    <main class="agenda">
      <nav class="agenda-list" aria-label={t("agenda.title")}>
        <StateLine header={header} />
        {agenda.items.length === 0 && <p class="room-empty">{t("agenda.empty")}</p>}
        <ol>
          {agenda.items.map((item) => (
            <Row
              key={item.id}
              item={item}
              chosen={!far && item.id === chosen?.id}
              onTouch={() => setTouched(item.id)}
            />
          ))}
        </ol>
        {papers && <SharedRow shared={papers} chosen={far !== undefined} onTouch={() => setTouched("shared")} />}
      </nav>
      {far ? <SharedPapers shared={far} /> : chosen && <Item item={chosen} documents={documentsOf(chosen, agenda)} />}
    </main>
  );
}

function StateLine({ header }: { readonly header: HeaderView | undefined }) {
  const text = header && stateSentence(header);
  return text ? <Notice tone={header.state === "convened" ? "info" : "warn"}>{text}</Notice> : null;
}

function stateSentence(header: HeaderView): string | undefined {
  const since = formatTime(header.state_since_ms);
  switch (header.state) {
    case "draft":
      return t("state.draft");
    case "convened":
      return t("state.convened", { time: formatTime(header.starts_ms), date: formatLongDate(header.starts_ms) });
    case "paused":
      return t("state.paused", { time: since });
    case "closed":
      return t("state.closed", { time: since });
    default:
      return undefined;
  }
}

interface RowProps {
  readonly item: AgendaItemView;
  readonly chosen: boolean;
  readonly onTouch: () => void;
}

function Row({ item, chosen, onTouch }: RowProps) {
  const row = useRef<HTMLButtonElement>(null);
  const current = item.state === "current";
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <li>
      <button
        ref={row}
        type="button"
        class={`agenda-row agenda-${item.state}${item.parent_id === null ? "" : " agenda-sub"}`}
        aria-current={chosen}
        onClick={onTouch}
      >
        <span class="agenda-number">{item.number}</span>
        <span class="agenda-title">{item.title}</span>
        {item.documents.length > 0 && (
          <Icon name="document" label={t("agenda.has-documents", { n: item.documents.length })} />
        )}
        <StateMark item={item} />
      </button>
    </li>
  );
}

interface SharedRowProps {
  readonly shared: SharedView;
  readonly chosen: boolean;
  readonly onTouch: () => void;
}

/** The papers of the conference, below the agenda of the room's own meeting. */
function SharedRow({ shared, chosen, onTouch }: SharedRowProps) {
  return (
    <button type="button" class="agenda-row agenda-shared" aria-current={chosen} onClick={onTouch}>
      <Icon name="screen" />
      <span class="agenda-title">{t("shared.title")}</span>
      <span class="tabular">{shared.papers.length}</span>
    </button>
  );
}

/** Papers of an item and of the items below it. */
function documentsOf(item: AgendaItemView, agenda: AgendaView): readonly AgendaDocument[] {
  return agenda.items.filter((one) => one.id === item.id || one.parent_id === item.id).flatMap((one) => one.documents);
}

interface ItemProps {
  readonly item: AgendaItemView;
  readonly documents: readonly AgendaDocument[];
}

function Item({ item, documents }: ItemProps) {
  const facts = [
    stateWord(item),
    item.rapporteur && t("agenda.rapporteur", { name: item.rapporteur }),
    item.minutes > 0 && t("agenda.minutes", { n: item.minutes }),
  ];
  return (
    <section class="item" aria-label={item.title}>
      <p class={`item-facts item-${item.state}`}>{facts.filter(Boolean).join(" · ")}</p>
      <h2>{`${item.number}. ${item.title}`}</h2>
      {documents.length === 0 && <p class="room-empty">{t("agenda.no-documents")}</p>}
      <ul class="item-documents">
        {documents.map((document) => (
          <li key={document.id}>
            <button type="button" class="item-document" onClick={() => read({ version: document.version_id, page: 1 })}>
              <Icon name="document" size="1.75em" />
              <span>{document.title}</span>
              <small>{t("agenda.pages", { n: document.pages })}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

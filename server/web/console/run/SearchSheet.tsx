/** `/`: one search over items, papers and people. */

import { Dialog } from "@common/components/Dialog.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useRef, useState } from "preact/hooks";
import { participants } from "../calls/participants.ts";
import { t, word } from "../i18n/index.ts";
import { matches } from "../parts/fold.ts";
import { go } from "../router.ts";
import { chooseItem, chosenPaper, focusPart, page } from "./focus.ts";
import type { Cockpit } from "./model.ts";

interface Hit {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly more: string;
  readonly open: () => void;
}

const MOST = 8;

function itemHits(cockpit: Cockpit, text: string): readonly Hit[] {
  return cockpit.items
    .filter((item) => matches(`${item.number} ${item.title} ${item.rapporteur}`, text))
    .map((item) => ({
      key: `item-${item.id}`,
      group: t("search.items"),
      title: `${item.number} ${item.title}`,
      more: item.rapporteur,
      open: () => {
        chooseItem(item.id);
        focusPart("show");
      },
    }));
}

function paperHits(cockpit: Cockpit, text: string): readonly Hit[] {
  return cockpit.items.flatMap((item) =>
    item.documents
      .filter((paper) => matches(paper.title, text))
      .map((paper) => ({
        key: `paper-${paper.id}`,
        group: t("search.papers"),
        title: paper.title,
        more: `${item.number} ${item.title}`,
        open: () => {
          chooseItem(item.id);
          chosenPaper.value = paper.id;
          page.value = 1;
          focusPart("now");
        },
      })),
  );
}

function usePeople(cockpit: Cockpit) {
  // Once for each opening; five hundred rows are small, and typing must not wait for the line.
  return useLoad(() => participants(cockpit.id), [cockpit.id]).data?.participants ?? [];
}

function Results({ hits, at, pick }: { hits: readonly Hit[]; at: number; pick: (hit: Hit) => void }) {
  return (
    <ul id="search-hits" class="hits" role="listbox" aria-label={t("search.title")}>
      {hits.map((hit, index) => (
        <li
          key={hit.key}
          id={hit.key}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          class="hit"
          onClick={() => pick(hit)}
          onKeyDown={() => undefined}
        >
          <small class="hit-group">{hit.group}</small>
          <span>{hit.title}</span>
          <small>{hit.more}</small>
        </li>
      ))}
    </ul>
  );
}

/** See the top of this file. */
export function SearchSheet({ cockpit, onClose }: { readonly cockpit: Cockpit; readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const people = usePeople(cockpit);
  const hits = text.trim() === "" ? [] : found();

  function found(): readonly Hit[] {
    const persons = people
      .filter((one) => matches(`${one.name} ${one.seat ?? ""} ${one.unit}`, text))
      .map((one) => ({
        key: `person-${one.id}`,
        group: t("search.people"),
        title: one.name,
        more: [word("role", one.role), one.unit, one.seat, one.present ? t("presence.present") : t("presence.absent")]
          .filter(Boolean)
          .join(" · "),
        open: () => go({ page: "prepare", meetingId: cockpit.id, tab: "participants" }),
      }));
    return [...itemHits(cockpit, text), ...paperHits(cockpit, text), ...persons].slice(0, MOST * 3);
  }
  const pick = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    onClose();
    setTimeout(hit.open); // after the dialog has given the focus back
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (step !== 0) setAt(Math.min(hits.length - 1, Math.max(0, at + step)));
    else if (event.key === "Enter") pick(hits[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("search.title")} onClose={onClose}>
      <input
        ref={input}
        type="text"
        class="search-input"
        role="combobox"
        aria-label={t("search.title")}
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits[at]?.key}
        placeholder={t("search.placeholder")}
        autofocus
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <Results hits={hits} at={at} pick={pick} />
      {text.trim() === "" && <p class="empty">{t("search.hint")}</p>}
      {text.trim() !== "" && hits.length === 0 && <p class="empty">{t("search.none", { text })}</p>}
      <p class="dialog-keys">{t("search.pick")}</p>
    </Dialog>
  );
}

/** The page reader, with the agenda folded to a strip. */

import { PageView } from "@common/components/PageView.tsx";
import type { AgendaItemView, AgendaView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { sitter } from "../who.ts";
import { currentItem } from "./Agenda.tsx";
import { type Place, read, type Shown, showAgenda } from "./reading.ts";
import "./reader.css";

export interface ReaderProps {
  readonly shown: Shown;
  readonly agenda: AgendaView | undefined;
}

/** See ReaderProps. Turning a page leaves the presenter; the action below returns to him. */
export function Reader({ shown, agenda }: ReaderProps) {
  return (
    <main class="reader">
      <AgendaStrip agenda={agenda} shown={shown} />
      <PageView
        meeting={sitter.value?.meetingId ?? 0}
        version={shown.version}
        relayed={shown.relayed}
        title={shown.title}
        pages={shown.pages}
        page={shown.page}
        fit="width"
        onPage={(page) => read({ ...placeOf(shown), page })}
      />
    </main>
  );
}

const placeOf = ({ version, page, relayed }: Shown): Place => ({ version, page, ...(relayed && { relayed }) });

interface StripProps {
  readonly agenda: AgendaView | undefined;
  readonly shown: Shown;
}

function stripClass(item: AgendaItemView, shown: Shown, current: AgendaItemView | undefined): string {
  const here = !shown.relayed && item.documents.some((document) => document.version_id === shown.version);
  return ["strip-item", item.id === current?.id && "strip-current", here && "strip-here"].filter(Boolean).join(" ");
}

/** The numbers of the agenda; a touch unfolds it. */
function AgendaStrip({ agenda, shown }: StripProps) {
  const current = currentItem(agenda);
  const items = agenda?.items.filter((item) => item.parent_id === null || item.id === current?.id) ?? [];
  return (
    <button type="button" class="reader-strip" onClick={showAgenda}>
      <span class="visually-hidden">{t("agenda.unfold")}</span>
      {items.map((item) => (
        <span key={item.id} class={stripClass(item, shown, current)}>
          {item.number}
        </span>
      ))}
    </button>
  );
}

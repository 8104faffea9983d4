/** What stands beside the relayed picture: agenda or page, of the conference where it shares them, else of this meeting. */

import { PageView } from "@common/components/PageView.tsx";
import type { PresentedPage, SharedPage, SharedView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { meetingId, useWall } from "../live.ts";
import { AgendaOf, AgendaScene } from "./AgendaScene.tsx";

export interface BesideProps {
  readonly what: "agenda" | "document";
  /** What the centre shares with this room; undefined in the centre's own meeting. */
  readonly shared: SharedView | undefined;
}

/** See above. */
export function Beside({ what, shared }: BesideProps) {
  if (what === "document") return <PageBeside shared={shared} />;
  if (shared === undefined || shared.agenda.length === 0) return <AgendaScene />;
  return (
    <div class="relay-whose">
      <p class="relay-from">{t("relay.agenda")}</p>
      <AgendaOf agenda={{ items: shared.agenda }} />
    </div>
  );
}

function PageBeside({ shared }: { readonly shared: SharedView | undefined }) {
  const own = useWall("presenter")?.page ?? null;
  if (shared?.page) return <Page page={shared.page} relayed />;
  if (own !== null) return <Page page={own} />;
  return <p class="plain">{shared === undefined ? t("document.none") : t("relay.page.none")}</p>;
}

function Page({ page, relayed = false }: { readonly page: SharedPage | PresentedPage; readonly relayed?: boolean }) {
  return (
    <div class="relay-paper">
      <p class="relay-from">
        {`${relayed ? t("relay.paper") : page.title} · ${t("head.page", { page: page.page, pages: page.pages })}`}
      </p>
      {relayed && <h2>{page.title}</h2>}
      <PageView
        meeting={meetingId.value ?? 0}
        version={page.version_id}
        relayed={relayed}
        title={page.title}
        pages={page.pages}
        page={page.page}
      />
    </div>
  );
}

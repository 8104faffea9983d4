/** What the centre shares, to be read only: its agenda, the page it presents, and the papers one may open. */

import { Button } from "@common/components/Button.tsx";
import { PageView } from "@common/components/PageView.tsx";
import type { SharedView } from "@common/types.gen.ts";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "./i18n/index.ts";

interface Reading {
  readonly version: number;
  readonly page: number;
}

export interface SharedProps {
  readonly meeting: number;
  readonly shared: SharedView;
}

/** See above. Nothing when nothing is shared. */
export function Shared({ meeting, shared }: SharedProps) {
  const [own, setOwn] = useState<Reading>();
  const { agenda, papers, page } = shared;
  if (agenda.length === 0 && papers.length === 0) return null;
  const open = (version: number, at = 1) => setOwn({ version, page: at });
  const paper = papers.find((one) => one.version_id === own?.version); // gone: no longer shared
  return (
    <div class="site-shared">
      <nav class="site-list" aria-label={t("shared.title")}>
        <h2>{t("shared.title")}</h2>
        <ol>
          {agenda.map((item) => (
            <li key={item.id} data-state={item.state} data-sub={item.parent_id !== null}>
              <span class="tabular">{item.number}</span>
              <span>
                {item.title}
                {item.state === "current" && <strong>{` · ${t("shared.current")}`}</strong>}
              </span>
            </li>
          ))}
        </ol>
        {papers.length > 0 && <h3>{t("shared.papers")}</h3>}
        {papers.map((one) => (
          <Button key={one.version_id} wide icon="document" onPress={() => open(one.version_id)}>
            {one.title}
          </Button>
        ))}
      </nav>
      <section class="site-page" aria-label={t("shared.page")}>
        {paper && own ? (
          <Paper
            {...{ meeting, ...own }}
            title={paper.title}
            pages={paper.pages}
            onPage={(at) => open(own.version, at)}
          >
            <Button icon="follow" onPress={() => setOwn(undefined)}>
              {t("shared.back")}
            </Button>
          </Paper>
        ) : page ? (
          <Paper {...{ meeting, ...page }} version={page.version_id}>
            <span>{t("shared.now", { page: page.page, pages: page.pages })}</span>
          </Paper>
        ) : (
          <p class="site-hint">{t("shared.none")}</p>
        )}
      </section>
    </div>
  );
}

interface PaperProps {
  readonly meeting: number;
  readonly version: number;
  readonly title: string;
  readonly pages: number;
  readonly page: number;
  /** Without it the centre turns the pages. */
  readonly onPage?: (page: number) => void;
  /** Beside the title. */
  readonly children: ComponentChildren;
}

function Paper({ children, ...shown }: PaperProps) {
  return (
    <>
      <p class="site-page-head">
        <strong>{shown.title}</strong>
        {children}
      </p>
      <PageView relayed {...shown} />
    </>
  );
}

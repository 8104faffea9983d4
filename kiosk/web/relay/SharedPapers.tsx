/** The papers that the host of the conference shares with this room: the page it presents first, then all of them. */

import { Icon } from "@common/components/Icon.tsx";
import type { SharedView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { read } from "../room/reading.ts";

/** See above. */
export function SharedPapers({ shared }: { readonly shared: SharedView }) {
  const { page } = shared;
  return (
    <section class="item" aria-label={t("shared.title")}>
      <p class="item-facts">{t("shared.read-only")}</p>
      <h2>{shared.conference}</h2>
      <ul class="item-documents">
        {page && (
          <Row
            title={page.title}
            note={t("shared.now", { page: page.page, pages: page.pages })}
            now
            onTouch={() => read({ version: page.version_id, page: page.page, relayed: true })}
          />
        )}
        {shared.papers.map((paper) => (
          <Row
            key={paper.version_id}
            title={paper.number === "" ? paper.title : `${paper.number}. ${paper.title}`}
            note={t("agenda.pages", { n: paper.pages })}
            onTouch={() => read({ version: paper.version_id, page: 1, relayed: true })}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly title: string;
  readonly note: string;
  /** It is what the host shows now. */
  readonly now?: boolean;
  readonly onTouch: () => void;
}

function Row({ title, note, now = false, onTouch }: RowProps) {
  return (
    <li>
      <button type="button" class="item-document" onClick={onTouch}>
        <Icon name={now ? "follow" : "document"} size="1.75em" />
        <span>
          {title}
          {now && <small class="item-note">{note}</small>}
        </span>
        {!now && <small>{note}</small>}
      </button>
    </li>
  );
}

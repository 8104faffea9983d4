/** The presented page, as high as the wall allows. Its title and page number stand in the header. */

import { PageView } from "@common/components/PageView.tsx";
import { t } from "../i18n/index.ts";
import { meetingId, useWall } from "../live.ts";

/** See above. */
export function DocumentScene() {
  const page = useWall("presenter")?.page;
  if (page == null) return <p class="plain">{t("document.none")}</p>;
  return (
    <PageView
      meeting={meetingId.value ?? 0}
      version={page.version_id}
      title={page.title}
      pages={page.pages}
      page={page.page}
    />
  );
}

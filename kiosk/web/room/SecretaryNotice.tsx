/** The secretary's notice: slides over the status bar and stays until it is touched. */

import { Icon } from "@common/components/Icon.tsx";
import { formatClock } from "@common/i18n/index.ts";
import { remember, remembered } from "@common/storage.ts";
import type { NoticeView } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { t } from "../i18n/index.ts";

const KEY = "nghisu-seat-notice";
const touched = signal(remembered(KEY, "session"));

/** See above. `notice`: the newest one that was not withdrawn. */
export function SecretaryNotice({ notice }: { readonly notice: NoticeView | null | undefined }) {
  if (notice == null || touched.value === String(notice.id)) return null;
  const close = () => {
    touched.value = String(notice.id);
    remember(KEY, touched.value, "session");
  };
  return (
    <button type="button" class="secretary-notice" onClick={close}>
      <Icon name="bell" size="1.75em" />
      <span role="alert">
        <small>{t("notice.title", { time: formatClock(notice.sent_ms) })}</small>
        <strong>{notice.text}</strong>
      </span>
      <span class="secretary-notice-close">
        <Icon name="cross" />
        {t("notice.touch")}
      </span>
    </button>
  );
}

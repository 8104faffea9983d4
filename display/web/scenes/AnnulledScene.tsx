/** A vote whose result does not stand, with the reason. */

import type { PollView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";

/** See above. */
export function AnnulledScene({ poll }: { readonly poll: PollView }) {
  return (
    <section class="vote-scene annulled-scene">
      <div class="vote-words">
        <p class="gold">{t("annulled.title")}</p>
        <h2>{poll.title}</h2>
        {poll.annulled_reason && (
          <p class="annulled-reason">{t("annulled.reason", { reason: poll.annulled_reason })}</p>
        )}
      </div>
      <p class="soft">{t("annulled.next")}</p>
    </section>
  );
}

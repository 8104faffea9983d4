/** While a poll is open but put aside: one red line that leads back to it. */

import { Button } from "@common/components/Button.tsx";
import { t } from "../i18n/index.ts";
import { TimeLeft } from "./Ballot.tsx";
import type { Stage } from "./stage.ts";
import { putAside } from "./state.ts";

/** Nothing unless the poll is open: what has ended and was read needs no way back. */
export function Strip({ stage }: { readonly stage: Stage }) {
  if (stage.kind !== "receipt" && stage.kind !== "cannot") return null;
  return (
    <aside class="strip">
      <strong>{t("ballot.strip")}</strong>
      <span class="strip-title">{stage.poll.title}</span>
      <TimeLeft poll={stage.poll} />
      <Button icon="ballot" onPress={() => putAside(undefined)}>
        {t("ballot.strip.open")}
      </Button>
    </aside>
  );
}

/** While a poll is open but put aside: one red line that leads back to it. */

import { Button } from "@common/components/Button.tsx";
import { t } from "../i18n/index.ts";
import { TimeLeft } from "./Ballot.tsx";
import type { Stage } from "./stage.ts";
import { putAside } from "./state.ts";

/** While the poll is open, and until its result comes; a result that was read needs no way back. */
export function Strip({ stage }: { readonly stage: Stage }) {
  if (stage.kind !== "receipt" && stage.kind !== "cannot" && stage.kind !== "ended") return null;
  const open = stage.kind !== "ended";
  return (
    <aside class="strip">
      <strong>{open ? t("ballot.strip") : t("ballot.ended")}</strong>
      <span class="strip-title">{stage.poll.title}</span>
      <TimeLeft poll={stage.poll} />
      {open && (
        <Button icon="ballot" onPress={() => putAside(undefined)}>
          {t("ballot.strip.open")}
        </Button>
      )}
    </aside>
  );
}

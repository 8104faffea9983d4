/** Votes that run one after another: how far they are, what comes next, and the one key that stops them. */

import { Button } from "@common/components/Button.tsx";
import { Countdown } from "@common/components/Clock.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { useKeys } from "@common/keys.ts";
import { stopBatch } from "../calls/votes.ts";
import { t } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import { say } from "../parts/say.ts";
import type { Cockpit } from "./model.ts";

const stop = (cockpit: Cockpit) => act(stopBatch(cockpit.id), () => t("batch.stopping"));

/** "0" stops the batch that runs; there is no such key when none does. */
export function useBatchKeys(cockpit: Cockpit): void {
  const running = cockpit.batch?.state === "running";
  useKeys(
    running ? { "0": { label: t("batch.stop"), run: () => void stop(cockpit), reason: cockpit.whyNotLead } } : {},
    { title: t("batch.title") },
  );
}

/** See the top of this file. */
export function BatchStrip({ cockpit }: { readonly cockpit: Cockpit }) {
  const { batch, openPoll } = cockpit;
  if (batch === null) return null;
  if (batch.state === "running") {
    return (
      <div class="batch" role="status">
        <ProgressBar
          label={t("batch.running")}
          done={batch.done}
          of={batch.size}
          text={t("batch.done", { done: batch.done, size: batch.size })}
        />
        <span class="batch-next">
          {openPoll || batch.next_ms === null ? (
            (openPoll?.title ?? "")
          ) : (
            <>
              {t("batch.next")} <Countdown until={batch.next_ms} />
            </>
          )}
        </span>
        <Button kind="danger" icon="stop" hint="0" reason={cockpit.whyNotLead} onPress={() => stop(cockpit)}>
          {t("batch.stop")}
        </Button>
      </div>
    );
  }
  if (batch.stopped_by === null) return null;
  return (
    <p class="batch batch-stopped" role="status">
      <span aria-hidden="true">{"! "}</span>
      {t("batch.halted", { done: batch.done, size: batch.size })} {say(batch.stopped_by.text, batch.stopped_by.text_en)}
    </p>
  );
}

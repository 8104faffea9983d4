/** Choose the votes of a batch, how long each stays open and how long the pause between them is; then begin. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { useState } from "preact/hooks";
import { startBatch } from "../calls/votes.ts";
import { t } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { toggled } from "../parts/choice.ts";
import { batchMinutes, inRange } from "./batch.ts";
import type { Cockpit } from "./model.ts";
import { batchable, whyNotOpen } from "./polls.ts";

const SECONDS = { least: 10, most: 600, usual: 60 };
const PAUSE = { least: 0, most: 120, usual: 8 };

function Choice({
  cockpit,
  left,
  toggle,
}: {
  readonly cockpit: Cockpit;
  readonly left: ReadonlySet<number>;
  readonly toggle: (id: number) => void;
}) {
  const drafts = batchable(cockpit.polls);
  return (
    <ol class="batch-list">
      {drafts.map((poll) => {
        const item = cockpit.items.find((one) => one.id === poll.agenda_item_id);
        const obstacle = whyNotOpen(poll);
        return (
          <li key={poll.id}>
            <label class="check">
              <input type="checkbox" checked={!left.has(poll.id)} onChange={() => toggle(poll.id)} />
              <span>
                {poll.title}
                {item && <small>{t("agenda.item", { number: item.number })}</small>}
                {obstacle && <small class="fact-unmet">{`! ${obstacle}`}</small>}
              </span>
            </label>
          </li>
        );
      })}
    </ol>
  );
}

function whyNot(cockpit: Cockpit, chosen: number, seconds: string, pause: string): string | undefined {
  if (cockpit.whyNotChair !== undefined) return cockpit.whyNotChair;
  if (cockpit.batch?.state === "running") return t("motion.why.batch");
  if (cockpit.openPoll !== undefined) return t("motion.why.other");
  if (chosen === 0) return t("batch.why.none");
  if (!inRange(seconds, SECONDS)) return t("batch.why.seconds", { least: SECONDS.least, most: SECONDS.most });
  return inRange(pause, PAUSE) ? undefined : t("batch.why.pause", { most: PAUSE.most });
}

/** See the top of this file. */
export function BatchSheet({ cockpit, onClose }: { readonly cockpit: Cockpit; readonly onClose: () => void }) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [seconds, setSeconds] = useState(String(SECONDS.usual));
  const [pause, setPause] = useState(String(PAUSE.usual));
  const drafts = batchable(cockpit.polls);
  const chosen = drafts.filter((poll) => !left.has(poll.id));
  const toggle = (id: number) => setLeft((before) => toggled(before, id));
  const reason = whyNot(cockpit, chosen.length, seconds, pause);
  const start = () => {
    onClose();
    const body = {
      polls: chosen.map((poll) => poll.id),
      seconds: Number(seconds),
      pause_seconds: Number(pause),
      wall: true,
    };
    ask({
      title: t("batch.ask.title", { n: chosen.length }),
      says: [
        t("batch.ask.says", { seconds: body.seconds, pause: body.pause_seconds }),
        t("batch.ask.stop", { minutes: batchMinutes(chosen.length, body.seconds, body.pause_seconds) }),
      ],
      action: t("batch.start"),
      key: "j",
      run: () => act(startBatch(cockpit.id, body)),
    });
  };
  return (
    <Dialog
      wide
      title={t("batch.title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.close")}</Button>
          <Button kind="primary" reason={reason} onPress={start}>
            {t("batch.begin", { n: chosen.length })}
          </Button>
        </>
      }
    >
      <p class="help">{t("batch.help")}</p>
      {drafts.length === 0 && <p class="empty">{t("batch.none")}</p>}
      <Choice cockpit={cockpit} left={left} toggle={toggle} />
      <div class="form-row">
        <TextField
          label={t("batch.seconds")}
          value={seconds}
          onValue={setSeconds}
          input={{ type: "number", min: String(SECONDS.least), max: String(SECONDS.most) }}
        />
        <TextField
          label={t("batch.pause")}
          hint={t("batch.pause.help")}
          value={pause}
          onValue={setPause}
          input={{ type: "number", min: String(PAUSE.least), max: String(PAUSE.most) }}
        />
      </div>
    </Dialog>
  );
}

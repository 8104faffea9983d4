/** A notice to all screens: write, send, withdraw. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field } from "@common/components/Field.tsx";
import { useState } from "preact/hooks";
import { sendNotice, withdrawNotice } from "../calls/meetings.ts";
import { showOnWall } from "../calls/room.ts";
import { t } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import type { Cockpit } from "./model.ts";

const LONGEST = 500;

async function send(meeting: number, text: string, wall: boolean): Promise<void> {
  await sendNotice(meeting, text);
  if (wall) await showOnWall(meeting, "notice", { text });
}

/** See the top of this file. */
export function NoticeSheet({ cockpit, onClose }: { readonly cockpit: Cockpit; readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const [wall, setWall] = useState(false);
  const shown = cockpit.header?.notice;
  const reason = cockpit.whyReadOnly ?? (text.trim() === "" ? t("notice.empty") : undefined);
  const submit = async () => {
    if (reason === undefined && (await act(send(cockpit.id, text.trim(), wall), () => t("notice.sent")))) onClose();
  };
  const withdraw = (notice: number) => {
    onClose();
    ask({
      title: t("notice.withdraw.title"),
      says: [t("notice.withdraw.says")],
      action: t("notice.withdraw"),
      key: "r",
      run: () => act(withdrawNotice(cockpit.id, notice), () => t("notice.withdrawn")),
    });
  };
  return (
    <Dialog
      title={t("notice.dialog")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" icon="bell" reason={reason} onPress={submit} hint="Ctrl ↵">
            {t("notice.send")}
          </Button>
        </>
      }
    >
      {shown && (
        <p class="notice-now">
          <span>{t("notice.now", { text: shown.text })}</span>
          <Button kind="quiet" onPress={() => withdraw(shown.id)} reason={cockpit.whyReadOnly}>
            {t("notice.withdraw")}
          </Button>
        </p>
      )}
      <Field label={t("notice.text")} hint={t("notice.help")}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={LONGEST}
            value={text}
            autofocus
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
            }}
          />
        )}
      </Field>
      <label class="check">
        <input type="checkbox" checked={wall} onChange={(event) => setWall(event.currentTarget.checked)} />
        {t("notice.wall")}
      </label>
    </Dialog>
  );
}

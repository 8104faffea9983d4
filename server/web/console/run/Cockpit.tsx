/** Run: one meeting on one screen. Left the run of show, middle now, right the room. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Notice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { formatClock, t, word } from "../i18n/index.ts";
import { live } from "../live.ts";
import { Steps, stepName } from "../parts/Steps.tsx";
import { focusPart, forgetChoices, PARTS, type Part, part } from "./focus.ts";
import { KeyStrip } from "./KeyStrip.tsx";
import { type Cockpit as Model, useCockpit } from "./model.ts";
import { NoticeSheet } from "./NoticeSheet.tsx";
import { Now } from "./Now.tsx";
import { Room } from "./Room.tsx";
import { RunOfShow } from "./RunOfShow.tsx";
import { SearchSheet } from "./SearchSheet.tsx";

type Sheet = "notice" | "search" | "steps";

const sheet = signal<Sheet | undefined>(undefined);

const open = (name: Sheet) => () => {
  sheet.value = name;
};
const close = () => {
  sheet.value = undefined;
};

function useCockpitKeys(cockpit: Model): void {
  const parts = Object.fromEntries(
    PARTS.map((name, index) => [
      String(index + 1),
      { label: t("part.go", { part: t(`part.${name}`) }), run: () => focusPart(name), hidden: part.value === name },
    ]),
  );
  useKeys(
    {
      "/": { label: t("form.search"), run: open("search") },
      n: { label: t("notice.title"), run: open("notice"), reason: cockpit.whyReadOnly },
      m: { label: t("steps.title"), run: open("steps") },
      ...parts,
    },
    { title: t("part.all") },
  );
}

function Strip({ cockpit }: { readonly cockpit: Model }) {
  const { header } = cockpit;
  if (header === undefined) return <div class="strip">{t("app.loading")}</div>;
  const next = { draft: "convened", convened: "in_session", paused: "in_session", in_session: "paused" }[header.state];
  return (
    <div class="strip">
      <span class={`chip chip-${header.state}`}>{word("state", header.state)}</span>
      <small>{t("state.since", { time: formatClock(header.state_since_ms) })}</small>
      {cockpit.screens && (
        <small class="strip-screens">
          <strong>{cockpit.screens.seats}</strong> {t("screens.seats")} {"·"} <strong>{cockpit.screens.walls}</strong>{" "}
          {t("screens.walls")} {"·"} <strong>{cockpit.screens.doors}</strong> {t("screens.doors")}
        </small>
      )}
      {header.notice && (
        <span class="strip-notice">
          <span aria-hidden="true">{"!"}</span> {t("notice.now", { text: header.notice.text })}
        </span>
      )}
      <span class="strip-gap" />
      <Button kind="quiet" icon="search" onPress={open("search")} hint="/">
        {t("form.search")}
      </Button>
      <Button icon="bell" onPress={open("notice")} hint="N" reason={cockpit.whyReadOnly} reasonHidden>
        {t("notice.title")}
      </Button>
      <Button onPress={open("steps")} hint="M" kind={header.state === "convened" ? "primary" : "normal"}>
        {next ? `${stepName(next, header.state)}…` : t("steps.title")}
      </Button>
    </div>
  );
}

function Sheets({ cockpit }: { readonly cockpit: Model }) {
  if (sheet.value === "notice") return <NoticeSheet cockpit={cockpit} onClose={close} />;
  if (sheet.value === "search") return <SearchSheet cockpit={cockpit} onClose={close} />;
  if (sheet.value === "steps") {
    return (
      <Dialog title={t("steps.open")} onClose={close} actions={<Button onPress={close}>{t("action.close")}</Button>}>
        <Steps meetingId={cockpit.id} header={cockpit.header} reason={cockpit.whyReadOnly} onAsk={close} numbered />
      </Dialog>
    );
  }
  return null;
}

/** Where the focus went: its part's keys work from now on. */
function notePart(event: FocusEvent): void {
  const section = event.target instanceof Element ? event.target.closest(".part") : null;
  const name = section?.id.replace("part-", "") as Part | undefined;
  if (name !== undefined && PARTS.includes(name)) part.value = name;
}

/** See the top of this file. */
export function Cockpit({ meetingId }: { readonly meetingId: number }) {
  const cockpit = useCockpit(meetingId);
  useLayoutEffect(() => {
    forgetChoices();
    close();
  }, [meetingId]);
  useCockpitKeys(cockpit);
  const line = live.line.value;
  const refused = live.refused.value[`meeting/${meetingId}/agenda`];
  return (
    <div class="cockpit" onFocusIn={notePart}>
      <Strip cockpit={cockpit} />
      {line.status === "lost" && <Notice tone="warn">{t("app.lost", { time: formatClock(line.since) })}</Notice>}
      {refused !== undefined && <Notice tone="bad">{t("app.forbidden")}</Notice>}
      <div class="cockpit-parts">
        <RunOfShow cockpit={cockpit} />
        <Now cockpit={cockpit} />
        <Room cockpit={cockpit} />
      </div>
      <KeyStrip />
      <Sheets cockpit={cockpit} />
    </div>
  );
}

/** The door: a bar with what a steward needs, and below it one state at a time. */

import { Button } from "@common/components/Button.tsx";
import { Clock } from "@common/components/Clock.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { useKeys } from "@common/keys.ts";
import { ChooseMeeting, SignedOut } from "./Gate.tsx";
import { Idle } from "./Idle.tsx";
import { t } from "./i18n/index.ts";
import { live } from "./live.ts";
import { Outcome } from "./Outcome.tsx";
import { Search } from "./Search.tsx";
import { useScanner } from "./scanner.ts";
import { sounding, switchSound } from "./sounds.ts";
import { idle, meeting, scanned, scene, show } from "./state.ts";
import "./door.css";

function Scanning() {
  const now = scene.value;
  useScanner(scanned);
  useKeys({
    F2: { label: t("keys.search"), run: () => show({ kind: "search" }), inFields: true },
    Escape: { label: t("keys.back"), run: idle, inFields: true },
  });
  if (now.kind === "idle") return <Idle />;
  if (now.kind === "search") return <Search />;
  return <Outcome scene={now} />;
}

function Count() {
  const id = meeting.value?.id;
  const counts = live.useTopic(id === undefined ? undefined : `meeting/${id}/attendance`)?.data;
  if (counts === undefined) return null;
  return (
    <p class="door-count">
      {t("count.present")}
      <strong>{t("count.of", { present: counts.present, convened: counts.convened })}</strong>
      {counts.guests_present > 0 && t("count.guests", { guests: counts.guests_present })}
    </p>
  );
}

function Title() {
  const id = meeting.value?.id;
  const header = live.useTopic(id === undefined ? undefined : `meeting/${id}/header`)?.data;
  return <h1>{header?.title ?? meeting.value?.title ?? t("title")}</h1>;
}

function Body() {
  if (live.signedOut.value) return <SignedOut />;
  return meeting.value === undefined ? <ChooseMeeting /> : <Scanning />;
}

export function App() {
  document.title = t("title");
  return (
    <div class="door">
      <header class="door-bar">
        <Clock />
        <Title />
        <Count />
        <StatusLine line={live.line} signedOut={live.signedOut} updateWaiting={live.updateWaiting} brief />
        <Button kind="quiet" icon="bell" onPress={switchSound}>
          {sounding.value ? t("sound.off") : t("sound.on")}
        </Button>
        <LanguageSwitch />
      </header>
      <main class="door-main">
        <Body />
      </main>
    </div>
  );
}

/** Header and scene of a meeting. */

import { Clock, useServerTime } from "@common/components/Clock.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { formatClock } from "@common/i18n/index.ts";
import type { HeaderView, PresentedPage } from "@common/types.gen.ts";
import type { ComponentChildren } from "preact";
import { t } from "./i18n/index.ts";
import { useWall } from "./live.ts";
import { Away, isAway } from "./parts/Away.tsx";
import { CrossFade } from "./parts/CrossFade.tsx";
import { spaced, useRoomCode } from "./parts/roomCode.ts";
import { AgendaScene } from "./scenes/AgendaScene.tsx";
import { AttendanceScene } from "./scenes/AttendanceScene.tsx";
import { DocumentScene } from "./scenes/DocumentScene.tsx";
import { PaperScene } from "./scenes/PaperScene.tsx";
import { RelayScene } from "./scenes/RelayScene.tsx";
import { ResultScene } from "./scenes/ResultScene.tsx";
import { Blank, Loading, NoticeScene } from "./scenes/Simple.tsx";
import { SpeakerScene } from "./scenes/SpeakerScene.tsx";
import { VoteScene } from "./scenes/VoteScene.tsx";
import { WelcomeScene } from "./scenes/WelcomeScene.tsx";
import "./scenes/scenes.css";

/** A notice to all stands on the wall this long after it was sent, in ms: nobody can touch it away here. */
const NOTICE_MS = 90_000;

const SCENES: Readonly<Record<string, () => ComponentChildren>> = {
  welcome: () => <WelcomeScene />,
  agenda: () => <AgendaScene />,
  document: () => <DocumentScene />,
  vote: () => <VoteScene />,
  result: () => <ResultScene />,
  paper: () => <PaperScene />,
  speaker: () => <SpeakerScene />,
  attendance: () => <AttendanceScene />,
  notice: () => <NoticeScene />,
  relay: () => <RelayScene />,
  blank: () => <Blank />,
};

/** See above. */
export function Stage() {
  const header = useWall("header");
  const scene = useWall("wall")?.scene;
  const presented = useWall("presenter")?.page ?? null;
  const draw = scene === undefined ? undefined : SCENES[scene];
  return (
    <div class={isAway() ? "wall wall-stage wall-away" : "wall wall-stage"}>
      {scene !== "blank" && <Header header={header} scene={scene} presented={presented} />}
      <main class="scene">
        <CrossFade name={scene ?? "loading"}>{draw ? draw() : <Loading />}</CrossFade>
      </main>
      {scene !== "notice" && scene !== "blank" && <NoticeBand header={header} />}
      <Away />
    </div>
  );
}

interface HeaderProps {
  readonly header: HeaderView | undefined;
  readonly scene: string | undefined;
  readonly presented: PresentedPage | null;
}

function Header({ header, scene, presented }: HeaderProps) {
  const paper = scene === "document" ? presented : null;
  return (
    <header class={paper ? "head head-paper" : "head"}>
      <div class="head-words">
        {!paper && <p class="head-unit">{header?.unit}</p>}
        {scene !== "welcome" && <h1 class="head-title">{paper ? paper.title : header?.title}</h1>}
      </div>
      {header?.rehearsal && <strong class="head-rehearsal">{t("head.rehearsal")}</strong>}
      {header?.state === "paused" && <strong class="head-paused">{pauseText(header, scene)}</strong>}
      {scene === "vote" && <CheckIn />}
      {paper && <span class="head-page">{t("head.page", { page: paper.page, pages: paper.pages })}</span>}
      <span class="head-clock">
        <Clock />
      </span>
    </header>
  );
}

/** Since when; in a vote the place is for the check-in code. */
function pauseText(header: HeaderView, scene: string | undefined): string {
  return scene === "vote" ? t("head.paused") : t("head.paused.since", { time: formatClock(header.state_since_ms) });
}

/** While a vote waits for those who have not been checked in: the digits that do it at any seat. */
function CheckIn() {
  const open = useWall("vote")?.poll?.state === "open";
  const attendance = useWall("attendance");
  const room = useRoomCode();
  if (!open || room === undefined || attendance === undefined || attendance.present >= attendance.convened) return null;
  return (
    <span class="head-code">
      {t("head.room-code")}
      <strong class="tabular">{spaced(room.code)}</strong>
    </span>
  );
}

function NoticeBand({ header }: { readonly header: HeaderView | undefined }) {
  const now = useServerTime();
  const notice = header?.notice;
  if (notice == null || now - notice.sent_ms > NOTICE_MS) return null;
  return (
    <div class="band" role="alert">
      <Icon name="bell" />
      <span>{notice.text}</span>
    </div>
  );
}

/** The seat of a signed-in delegate: status, agenda or page, actions; the ballot above all when there is one. */

import { useServerTime } from "@common/components/Clock.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { useKeys } from "@common/keys.ts";
import type { VoteView } from "@common/types.gen.ts";
import { useEffect, useState } from "preact/hooks";
import { Ballot } from "../ballot/Ballot.tsx";
import { Reserve } from "../ballot/Reserve.tsx";
import { Strip } from "../ballot/Strip.tsx";
import { isPressing, type Stage, stageOf } from "../ballot/stage.ts";
import { changing, draft, isAside, note, reserving, seen, sendingOf } from "../ballot/state.ts";
import { t } from "../i18n/index.ts";
import { busy, live, useMe, useMeeting, useShared } from "../live.ts";
import { PaperNews, PaperStrip } from "../paper/Paper.tsx";
import { Relay } from "../relay/Relay.tsx";
import { Actions, followOff, speakOff } from "./Actions.tsx";
import { Agenda } from "./Agenda.tsx";
import { More } from "./More.tsx";
import { Presence, useCheckIn } from "./Presence.tsx";
import { Reader } from "./Reader.tsx";
import { follow, presented, showAgenda, shownPage } from "./reading.ts";
import { SecretaryNotice } from "./SecretaryNotice.tsx";
import { Called, Speak } from "./Speak.tsx";
import { StatusBar } from "./StatusBar.tsx";
import "./room.css";

type Panel = "speak" | "presence" | "more" | undefined;

/** The stage of the ballot now; notes what was seen of it. */
function useStage(vote: VoteView | undefined, me: ReturnType<typeof useMe>): Stage {
  const now = useServerTime();
  const poll = vote?.poll ?? null;
  useEffect(() => {
    if (vote !== undefined) note(poll);
  }, [vote]);
  if (vote === undefined) return { kind: "none" };
  const about = poll?.state === "open" ? poll.id : (seen.value?.id ?? poll?.id);
  return stageOf({
    poll,
    seen: seen.value,
    me,
    sending: about === undefined ? undefined : sendingOf(about)?.state.value,
    draft: draft.value,
    changing: changing.value,
    now,
  });
}

/** See above. */
export function Room() {
  const header = useMeeting("header");
  const agenda = useMeeting("agenda");
  const presenter = useMeeting("presenter")?.page ?? null;
  const paper = useMeeting("paper")?.vote ?? null;
  const shared = useShared();
  const me = useMe();
  const stage = useStage(useMeeting("vote"), me);
  const [panel, setPanel] = useState<Panel>();
  useCheckIn(me);
  useEffect(() => presented(presenter), [presenter]);

  const over = header?.state === "closed";
  const inBallot = stage.kind !== "none" && !isAside(stage);
  useEffect(() => {
    if (inBallot) setPanel(undefined); // everything else leaves the screen
    busy.value = inBallot || panel === "speak" || reserving.value !== undefined;
  }, [inBallot, panel, reserving.value]);
  useKeys(
    {
      a: { label: t("do.agenda"), run: showAgenda },
      f: {
        label: t("do.follow"),
        reason: followOff(presenter, over),
        run: () => follow(presenter),
      },
      s: { label: t("do.speak"), reason: speakOff(over), run: () => setPanel("speak") },
      m: { label: t("do.more"), run: () => setPanel("more") },
    },
    { title: t("title"), active: !inBallot },
  );

  useEffect(() => {
    if (!over) return;
    showAgenda(); // where it says that the meeting is over
    setPanel((open) => (open === "speak" ? undefined : open));
  }, [over]);

  const shown = shownPage(agenda, presenter, shared);
  const close = () => setPanel(undefined);
  return (
    <div class="room">
      <div class="room-top">
        <StatusBar header={header} me={me} reading={shown?.title} onPresence={() => setPanel("presence")} />
        <Strip stage={stage} />
        <PaperStrip vote={paper} me={me} />
        <Called me={me} />
      </div>
      {shown ? <Reader shown={shown} agenda={agenda} /> : <Agenda agenda={agenda} header={header} shared={shared} />}
      <Actions
        me={me}
        presenter={presenter}
        over={over}
        onSpeak={() => setPanel("speak")}
        onMore={() => setPanel("more")}
      />
      {panel === "speak" && <Speak me={me} onClose={close} />}
      {panel === "presence" && me && <Presence me={me} onClose={close} />}
      {panel === "more" && <More onClose={close} />}
      {!inBallot && <PaperNews vote={paper} />}
      {inBallot && <Ballot stage={stage} line={<StatusLine line={live.line} brief />} />}
      {!inBallot && panel === undefined && <Relay />}
      {!isPressing(stage) && <Reserve />}
      <SecretaryNotice notice={header?.notice} />
    </div>
  );
}

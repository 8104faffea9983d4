/** The relay of a meeting's conference: its state with the one next step, the board of sites, what goes out. */

import { Button } from "@common/components/Button.tsx";
import { KeyBar } from "@common/components/KeyMap.tsx";
import { Notice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import { useLoad } from "@common/useLoad.ts";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useMeeting } from "../live.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { holds } from "../session.ts";
import { Board } from "./Board.tsx";
import { detail, step } from "./calls.ts";
import { askCall, takeBack } from "./confer/FloorPanel.tsx";
import { t as tConfer } from "./confer/i18n/index.ts";
import { IncidentSheet, LogSheet } from "./confer/Log.tsx";
import { nextToSpeak } from "./confer/model.ts";
import { OptionsSheet } from "./confer/OptionsSheet.tsx";
import { mayList, RecordingsSheet } from "./confer/Recording.tsx";
import { SourceSheet } from "./confer/SourceSheet.tsx";
import { MissingSheet, TimeLine, useDue, useTimeLine } from "./confer/TimeLine.tsx";
import { formatClock, formatDate, formatTime, t } from "./i18n/index.ts";
import { counts, nextStep, rowsOf, runs } from "./model.ts";
import { OnWall } from "./OnWall.tsx";
import { ConferenceSheet } from "./Sheets.tsx";
import { Side } from "./Side.tsx";
import type { Conference, RelayBoard, RelayConsole, Source, State } from "./shapes.ts";
import { InviteSheet } from "./sites/InviteSheet.tsx";
import { t as tSites } from "./sites/i18n/index.ts";
import { ReadinessSheet } from "./sites/ReadinessSheet.tsx";
import { SiteSheet, type Tab } from "./sites/SiteSheet.tsx";
import "./relay.css";
import "./confer/confer.css";

type Open = "conference" | "incident" | "options" | "log" | "recordings" | Source["key"] | undefined;

function whyNot(meeting: string | undefined, conference: Conference | null | undefined): string | undefined {
  if (!holds("secretary", "technician")) return t("why.notSecretary");
  if (meeting === undefined) return t("why.waiting");
  if (meeting === "closed") return t("why.closed");
  return conference?.state === "ended" ? t("why.ended") : undefined;
}

/** See the top of this file. */
export function RelayPage({ meetingId }: { readonly meetingId: number }) {
  const meeting = useMeeting(meetingId, "header")?.state;
  const relay = useMeeting(meetingId, "relay");
  const board = useMeeting(meetingId, "relay-board");
  const [open, setOpen] = useState<Open>();
  const conference = relay?.conference;
  const reason = whyNot(meeting, conference);
  const close = () => setOpen(undefined);
  return (
    <div class="rp">
      {relay && !conference && (
        <Nothing meetingId={meetingId} relay={relay} reason={reason} onMake={() => setOpen("conference")} />
      )}
      {relay === undefined && <p class="empty">{t("page.loading")}</p>}
      {conference && (
        <Running
          meetingId={meetingId}
          conference={conference}
          board={board}
          reason={reason}
          closed={meeting === "closed"}
          onOpen={setOpen}
        />
      )}
      <KeyBar most={8} />
      {open === "conference" && <ConferenceSheet meetingId={meetingId} onClose={close} />}
      {conference && (
        <Sheets
          meetingId={meetingId}
          conference={conference}
          board={board}
          reason={reason}
          open={open}
          onClose={close}
        />
      )}
    </div>
  );
}

interface SheetsProps {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  readonly reason: string | undefined;
  readonly open: Open;
  readonly onClose: () => void;
}

/** The one sheet that is open. */
function Sheets({ open, board, ...props }: SheetsProps) {
  const { meetingId, conference, onClose } = props;
  switch (open) {
    case "incident":
      return <IncidentSheet {...props} />;
    case "options":
      return <OptionsSheet {...props} />;
    case "log":
      return <LogSheet {...props} />;
    case "recordings":
      return <RecordingsSheet meetingId={meetingId} board={board} onClose={onClose} />;
    case "primary":
    case "backup": {
      const source = conference.sources.find((one) => one.key === open);
      return <SourceSheet meetingId={meetingId} name={open} source={source} onClose={onClose} />;
    }
    default:
      return null;
  }
}

interface NothingProps {
  readonly meetingId: number;
  readonly relay: RelayConsole;
  readonly reason: string | undefined;
  readonly onMake: () => void;
}

function Nothing({ meetingId, relay, reason, onMake }: NothingProps) {
  if (relay.attached) {
    const on = relay.attached.state === "rehearsal" || relay.attached.state === "live";
    return (
      <div class="rp-nothing">
        <h2>{t("attached.title", { host: relay.attached.host })}</h2>
        <p>{t("attached.body", { name: relay.attached.conference })}</p>
        <p>
          <span class={`chip chip-relay-${relay.attached.state}`}>{t(`state.${relay.attached.state}`)}</span>
        </p>
        <OnWall meetingId={meetingId} reason={on ? reason : t("attached.wait")} />
        {!on && <p class="empty">{t("attached.wait")}</p>}
      </div>
    );
  }
  return (
    <div class="rp-nothing">
      <h2>{t("none.title")}</h2>
      <p>{t("none.body")}</p>
      <Button kind="primary" reason={relay.why_not === "" ? reason : t("none.secret")} onPress={onMake}>
        {t("none.make")}
      </Button>
    </div>
  );
}

interface RunningProps {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  readonly reason: string | undefined;
  readonly closed: boolean;
  readonly onOpen: (what: Open) => void;
}

const STEP_KEYS: Readonly<Record<State, string>> = { planned: "d", rehearsal: "b", live: "p", ended: "k" };

function askStep(meetingId: number, to: State, again: boolean, notReady: number): void {
  const name = again ? "again" : to;
  ask({
    title: t(`step.${name}`),
    says: [t(`step.${name}.says`)],
    warning: to === "live" && notReady > 0 ? t("step.live.waiting", { n: notReady }) : undefined,
    action: t(`step.${name}`),
    key: STEP_KEYS[to],
    danger: to === "ended",
    run: () => act(step(meetingId, to)),
  });
}

/** What has ended may go on, unless the meeting is over too. */
function whyNotNext(next: string, closed: boolean, reason: string | undefined): string | undefined {
  if (next !== "again") return reason;
  return closed ? t("why.closed") : undefined;
}

function Head({ conference, children }: { readonly conference: Conference; readonly children: ComponentChildren }) {
  const { state, name, state_since_ms, starts_ms } = conference;
  return (
    <header class="rp-head">
      <span class={`chip chip-relay-${state}`}>{t(`state.${state}`)}</span>
      <span class="rp-name">
        <strong title={name}>{name}</strong>
        <small>
          {runs(conference)
            ? t("state.since", { time: formatClock(state_since_ms) })
            : t("starts", { time: formatTime(starts_ms), date: formatDate(starts_ms) })}
        </small>
      </span>
      {children}
    </header>
  );
}

function Running({ meetingId, conference, board, reason, closed, onOpen }: RunningProps) {
  const names = conference.sites.map((one) => `${one.id} ${one.name}`).join();
  const { data: known, reload } = useLoad(() => detail(meetingId), [meetingId, names]);
  const details = known?.sites;
  const [sheet, setSheet] = useState<"sites" | "readiness" | "missing">();
  const [site, setSite] = useState<{ readonly id: number; readonly tab?: Tab }>();
  const rows = rowsOf(conference.sites, board?.sites, details);
  const opened = rows.find((row) => row.id === site?.id);
  const found = counts(rows);
  const notReady = found.red + found.amber;
  const next = nextStep(conference);
  const whyNotStep = whyNotNext(next, closed, reason);
  const whyNotFloor = runs(conference) ? reason : t("why.notRunning");
  const go = () => {
    if (next === "source") return onOpen("primary");
    if (next === "sites") return setSheet("sites");
    askStep(meetingId, next === "again" ? "live" : next, next === "again", notReady);
  };
  const floor = useMeeting(meetingId, "floor");
  const asking = nextToSpeak(floor?.waiting ?? []);
  const line = useTimeLine(meetingId, JSON.stringify([conference, board?.people]));
  const due = useDue(line, reason, whyNotFloor, {
    write_plan: () => onOpen("options"),
    invite: () => setSheet("sites"),
    set_source: () => onOpen("primary"),
    call_untested: () => setSheet("missing"),
    ask_heads: () => setSheet("missing"),
    go_live: () => askStep(meetingId, "live", false, notReady),
    call_next: () => asking && askCall(meetingId, asking),
    end: () => askStep(meetingId, "ended", false, 0),
    make_report: () => onOpen("log"),
  });
  useKeys(
    {
      s: { label: t(`step.${next}`), run: go, reason: whyNotStep },
      i: { label: t("incident.add"), run: () => onOpen("incident"), reason },
      n: { label: t("sites.add"), run: () => setSheet("sites"), reason },
      c: { label: tSites("ready.title"), run: () => setSheet("readiness") },
      g: {
        label: tConfer("floor.next"),
        run: () => asking && askCall(meetingId, asking),
        reason: asking ? whyNotFloor : tConfer("floor.none"),
      },
      t: {
        label: t("floor.take"),
        run: () => takeBack(meetingId, floor?.speaking),
        reason: floor?.speaking ? reason : t("floor.nobody"),
      },
      m: { label: tConfer("line.title"), run: due.run, reason: due.reason },
      o: { label: tConfer("options.title"), run: () => onOpen("options"), reason },
      l: { label: tConfer("log.title"), run: () => onOpen("log") },
      v: { label: tConfer("recordings.title"), run: () => onOpen("recordings"), reason: mayList() },
    },
    { title: t("page.title") },
  );
  return (
    <>
      <Head conference={conference}>
        <Button kind="quiet" hint="O" reason={reason} reasonHidden onPress={() => onOpen("options")}>
          {tConfer("options.open")}
        </Button>
        <Button hint="C" onPress={() => setSheet("readiness")}>
          {tSites("ready.title")}
        </Button>
        <Button icon="plus" hint="N" reason={reason} reasonHidden onPress={() => setSheet("sites")}>
          {t("sites.add")}
        </Button>
        {conference.state === "rehearsal" && (
          <Button reason={reason} reasonHidden onPress={() => askStep(meetingId, "planned", false, 0)}>
            {t("step.planned")}
          </Button>
        )}
        <Button kind={next === "ended" ? "normal" : "primary"} hint="S" reason={whyNotStep} reasonHidden onPress={go}>
          {t(`step.${next}`)}
        </Button>
      </Head>
      <TimeLine line={line} conference={conference} due={due} />
      {board?.relay === "away" && <Notice tone="bad">{t("board.away", { time: formatClock(board.at_ms) })}</Notice>}
      <div class="rp-columns">
        <Board
          meetingId={meetingId}
          rows={rows}
          people={board?.people ?? 0}
          whyNotFloor={whyNotFloor}
          onSite={(id) => setSite({ id })}
        />
        <Side
          meetingId={meetingId}
          conference={conference}
          board={board}
          reason={reason}
          whyNotFloor={whyNotFloor}
          onSource={onOpen}
          onIncident={() => onOpen("incident")}
          onLog={() => onOpen("log")}
          onRecordings={() => onOpen("recordings")}
        />
      </div>
      {sheet === "sites" && (
        <InviteSheet
          meetingId={meetingId}
          invited={new Set(details?.flatMap((one) => one.unit_id ?? []))}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet === "readiness" && (
        <ReadinessSheet
          meetingId={meetingId}
          rows={rows}
          onSite={(id) => setSite({ id, tab: "tests" })}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet === "missing" && due.step && (
        <MissingSheet step={due.step} rows={rows} onClose={() => setSheet(undefined)} />
      )}
      {opened && (
        <SiteSheet
          key={opened.id}
          meetingId={meetingId}
          conference={conference}
          row={opened}
          first={site?.tab ?? "admission"}
          reason={reason}
          whyNotFloor={whyNotFloor}
          onChanged={reload}
          onClose={() => setSite(undefined)}
        />
      )}
    </>
  );
}

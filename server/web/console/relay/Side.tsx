/** Right: the picture that goes out and who speaks; below, by turns, sources, recording, what is shared, incidents. */

import { Button } from "@common/components/Button.tsx";
import { Player } from "@common/components/Player.tsx";
import { useViewing } from "@common/whep/index.ts";
import { useState } from "preact/hooks";
import { FloorPanel } from "./confer/FloorPanel.tsx";
import { t as tConfer } from "./confer/i18n/index.ts";
import { SettleSheet } from "./confer/Log.tsx";
import { Recording } from "./confer/Recording.tsx";
import { Sources } from "./confer/Sources.tsx";
import { formatClock, said, t, word } from "./i18n/index.ts";
import { runs } from "./model.ts";
import { OnWall } from "./OnWall.tsx";
import { Sharing } from "./Sharing.tsx";
import type { Conference, Incident, RelayBoard, Source } from "./shapes.ts";

export interface SideProps {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  /** Why nothing can be changed. */
  readonly reason: string | undefined;
  /** Why nobody can be given the floor. */
  readonly whyNotFloor: string | undefined;
  readonly onSource: (key: Source["key"]) => void;
  readonly onIncident: () => void;
  readonly onLog: () => void;
  readonly onRecordings: () => void;
}

const TABS = ["sources", "recording", "sharing", "incidents"] as const;
type Tab = (typeof TABS)[number];

/** See above. */
export function Side(props: SideProps) {
  const { meetingId, conference, board, whyNotFloor } = props;
  const viewing = useViewing(meetingId, runs(conference));
  const [tab, setTab] = useState<Tab>("sources");
  return (
    <aside class="rs">
      <div class="rs-picture">
        {runs(conference) ? (
          <Player viewing={viewing} sound={false} label={t("program.picture")} />
        ) : (
          <p class="rs-nothing">{t(conference.state === "ended" ? "why.ended" : "program.off")}</p>
        )}
      </div>
      {runs(conference) && board?.program && <Program program={board.program} />}
      <OnWall meetingId={meetingId} reason={runs(conference) ? props.reason : t("why.notRunning")} />
      <FloorPanel meetingId={meetingId} reason={whyNotFloor} />
      <Tabs tab={tab} conference={conference} board={board} onTab={setTab} />
      <div role="tabpanel" class="rs-panel" aria-label={tConfer(`side.${tab}`)}>
        {tab === "sources" && <Sources {...props} />}
        {tab === "recording" && <Recording {...props} onList={props.onRecordings} />}
        {tab === "sharing" && <Sharing meetingId={meetingId} conference={conference} reason={props.reason} />}
        {tab === "incidents" && <Incidents {...props} />}
      </div>
    </aside>
  );
}

interface TabsProps {
  readonly tab: Tab;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  readonly onTab: (tab: Tab) => void;
}

/** What needs somebody behind a tab: how many, or that something does. */
function badge(tab: Tab, conference: Conference, board: RelayBoard | undefined): string {
  if (tab === "incidents") return conference.incidents_open > 0 ? String(conference.incidents_open) : "";
  if (tab === "sharing") return "";
  if (tab === "recording") return board?.recording?.warning ? "!" : "";
  return board?.sources.some((one) => one.state === "lost" || one.state === "refused") ? "!" : "";
}

function Tabs({ tab, conference, board, onTab }: TabsProps) {
  const walk = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    onTab(next);
    (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=tab]")[TABS.indexOf(next)]?.focus();
  };
  return (
    <div class="rs-tabs" role="tablist" tabIndex={-1} aria-label={tConfer("side.tabs")} onKeyDown={walk}>
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          class="rs-tab"
          aria-selected={one === tab}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => onTab(one)}
        >
          {tConfer(`side.${one}`)}
          {badge(one, conference, board) !== "" && <span class="count">{badge(one, conference, board)}</span>}
        </button>
      ))}
    </div>
  );
}

function Program({ program }: { readonly program: NonNullable<RelayBoard["program"]> }) {
  const what = program.showing.startsWith("site-") ? "site" : program.showing;
  const bad = what === "hold" || what === "slate";
  return (
    <p class={bad ? "rs-program rs-bad" : "rs-program"} role="status">
      <strong>{word("program.showing", what)}</strong> {t("program.since", { time: formatClock(program.since_ms) })}
      {program.switches > 0 && (
        <small>{t("program.switches", { n: program.switches, ms: program.last_interruption_ms })}</small>
      )}
    </p>
  );
}

function Incidents({ meetingId, conference, reason, onIncident, onLog }: SideProps) {
  const [settling, setSettling] = useState<Incident>();
  return (
    <section class="rs-incidents" aria-label={t("incident.title")}>
      {conference.incidents.length === 0 && <p class="empty">{t("incident.none")}</p>}
      <ul>
        {conference.incidents.map((one) => (
          <li key={one.id}>
            <time class="tabular">{formatClock(one.at_ms)}</time>
            <span>
              {said(one)}
              <small>
                {one.by === "" ? t("incident.auto") : t("incident.by", { name: one.by })}
                {one.times > 1 && ` · ${tConfer("log.times", { n: one.times, time: formatClock(one.last_ms) })}`}
              </small>
            </span>
            <Button kind="quiet" reason={reason} reasonHidden onPress={() => setSettling(one)}>
              {t("incident.resolve")}
            </Button>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Button icon="pen" hint="I" reason={reason} reasonHidden onPress={onIncident}>
          {t("incident.add")}
        </Button>
        <Button kind="quiet" icon="list" hint="L" onPress={onLog}>
          {tConfer("log.open")}
        </Button>
      </div>
      {settling && <SettleSheet meetingId={meetingId} incident={settling} onClose={() => setSettling(undefined)} />}
    </section>
  );
}

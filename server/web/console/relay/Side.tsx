/** Right: the picture that goes out, its sources with what they cost, the floor, the recording, incidents. */

import { Button } from "@common/components/Button.tsx";
import { Player } from "@common/components/Player.tsx";
import { useViewing } from "@common/whep/index.ts";
import { act } from "../parts/act.ts";
import { TakeBack } from "./Board.tsx";
import { change, settle, takeFloor } from "./calls.ts";
import { formatClock, said, t, word } from "./i18n/index.ts";
import { OnWall } from "./OnWall.tsx";
import { Sharing } from "./Sharing.tsx";
import type { Conference, Probe, RelayBoard, Source, SourceNow } from "./shapes.ts";

export interface SideProps {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  /** Why nothing can be changed. */
  readonly reason: string | undefined;
  readonly onSource: (key: Source["key"]) => void;
  readonly onIncident: () => void;
}

const KEYS = ["primary", "backup"] as const;

/** Whether pictures go out. */
export const runs = (conference: Conference) => conference.state === "rehearsal" || conference.state === "live";

/** See above. */
export function Side(props: SideProps) {
  const { meetingId, conference, board } = props;
  const viewing = useViewing(meetingId, runs(conference));
  return (
    <aside class="rs">
      <div class="rs-picture">
        <Player viewing={viewing} sound={false} label={t("program.picture")}>
          {!runs(conference) && <span>{t("program.off")}</span>}
        </Player>
      </div>
      {board?.program && <Program program={board.program} />}
      <OnWall meetingId={meetingId} reason={runs(conference) ? props.reason : t("why.notRunning")} />
      {conference.floor && (
        <p class="rs-floor">
          <strong>{t("floor.has", { name: conference.floor.name })}</strong>
          <TakeBack onPress={() => act(takeFloor(meetingId), () => t("floor.taken"))} />
        </p>
      )}
      {conference.requests > 0 && <p>{t("floor.waits", { n: conference.requests })}</p>}
      <section aria-label={t("setup.sources")}>
        {KEYS.map((key) => (
          <SourceCard key={key} name={key} {...props} />
        ))}
      </section>
      <Sharing meetingId={meetingId} conference={conference} reason={props.reason} />
      <Recording {...props} />
      <Incidents {...props} />
    </aside>
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

/** "H.264 1280×720, 25 hình/giây, opus". */
export function probeText(probe: Probe): string {
  const size = probe.width > 0 ? `${probe.width}×${probe.height}` : "";
  return [
    [probe.video.toUpperCase(), size].filter(Boolean).join(" "),
    probe.fps > 0 ? t("source.fps", { n: Math.round(probe.fps) }) : "",
    probe.b_frames ? t("source.bframes") : "",
    probe.audio === "" ? t("source.silent") : probe.audio.toUpperCase(),
  ]
    .filter(Boolean)
    .join(", ");
}

/** What passes and what is made anew, with the price. */
export function costText(one: Pick<SourceNow, "transcoding" | "cost_percent">): string {
  if (one.transcoding.length === 0) return t("source.passes");
  const what = one.transcoding.map((part) => t(`source.${part}`)).join(", ");
  return `${what}: ${t("source.cost", { n: Math.round(one.cost_percent) })}`;
}

function SourceCard({ name, conference, board, reason, onSource }: SideProps & { readonly name: Source["key"] }) {
  const source = conference.sources.find((one) => one.key === name);
  const now = board?.sources.find((one) => one.key === name);
  const state = now?.state ?? "off";
  return (
    <div class={`rs-source rs-source-${state}`}>
      <p>
        <strong>{t(`source.${name}`)}</strong>{" "}
        {source ? `${word("kind", source.kind)} · ${word("source.state", state)}` : t("source.none")}
      </p>
      {now?.why && <p class="rs-why">{now.why}</p>}
      {now?.probe && (
        <small>
          {[probeText(now.probe), now.kbps > 0 ? t("source.kbps", { n: now.kbps }) : "", costText(now)]
            .filter(Boolean)
            .join(" · ")}
        </small>
      )}
      {(now?.reconnects ?? 0) > 0 && <small>{t("source.reconnects", { n: now?.reconnects ?? 0 })}</small>}
      <Button kind="quiet" reason={reason} reasonHidden onPress={() => onSource(name)}>
        {source ? t("form.edit") : t("source.add")}
      </Button>
    </div>
  );
}

function recordingText(conference: Conference, now: RelayBoard["recording"] | undefined): string {
  if (conference.recording_forbidden !== "")
    return t("recording.forbidden", { reason: conference.recording_forbidden });
  if (now?.on) return t("recording.on", { minutes: Math.floor(now.seconds / 60), megabytes: now.megabytes });
  return conference.recording ? t("recording.ready") : t("recording.off");
}

function Recording({ meetingId, conference, board, reason }: SideProps) {
  const now = board?.recording ?? undefined;
  const forbidden = conference.recording_forbidden !== "";
  const toggle = () => act(change(meetingId, { recording: !conference.recording }), () => t("form.saved"));
  return (
    <section class="rs-recording" aria-label={t("recording.title")}>
      <p>
        <strong>{t("recording.title")}</strong> {recordingText(conference, now)}
        {now?.on && <small>{t("recording.free", { n: now.free_megabytes })}</small>}
      </p>
      {now?.warning && (
        <p class="rs-why">{word(now.stopped ? "recording.stopped" : "recording.warning", now.warning)}</p>
      )}
      {!forbidden && (
        <Button kind="quiet" reason={reason} reasonHidden onPress={toggle}>
          {conference.recording ? t("recording.stop") : t("recording.start")}
        </Button>
      )}
    </section>
  );
}

function Incidents({ meetingId, conference, reason, onIncident }: SideProps) {
  return (
    <section class="rs-incidents" aria-label={t("incident.title")}>
      <h3 class="section-title">
        {t("incident.title")}
        {conference.incidents_open > 0 && <span class="count">{conference.incidents_open}</span>}
      </h3>
      {conference.incidents.length === 0 && <p class="empty">{t("incident.none")}</p>}
      <ul>
        {conference.incidents.map((one) => (
          <li key={one.id}>
            <time class="tabular">{formatClock(one.at_ms)}</time>
            <span>
              {said(one)}
              <small>{one.by === "" ? t("incident.auto") : t("incident.by", { name: one.by })}</small>
            </span>
            <Button kind="quiet" reason={reason} reasonHidden onPress={() => act(settle(meetingId, one.id))}>
              {t("incident.resolve")}
            </Button>
          </li>
        ))}
      </ul>
      <Button icon="pen" hint="I" reason={reason} reasonHidden onPress={onIncident}>
        {t("incident.add")}
      </Button>
    </section>
  );
}

/** The incident log whole: by state, kind and site, by words; settling with words; the report to file. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { act } from "../../parts/act.ts";
import { noteIncident } from "../calls.ts";
import { Sheet } from "../Sheets.tsx";
import type { Conference, Incident } from "../shapes.ts";
import { incidents, report, settleWith } from "./calls.ts";
import { formatClock, formatDate, said, t } from "./i18n/index.ts";
import { Choice } from "./OptionsSheet.tsx";

interface Props {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly reason: string | undefined;
  readonly onClose: () => void;
}

const STATES = ["all", "open", "settled"] as const;
const KINDS = ["source", "site", "recording", "process", "readiness", "note"] as const;
const PAGE = 100;

/** See above. */
export function LogSheet({ meetingId, conference, reason, onClose }: Props) {
  const [wanted, setWanted] = useState({ state: "all", kind: "", site: "", search: "", skip: 0 });
  const set = (part: Partial<typeof wanted>) => setWanted({ ...wanted, skip: 0, ...part });
  const [settling, setSettling] = useState<Incident>();
  const seen = `${conference.incidents_open} ${conference.incidents.map((one) => `${one.id}.${one.times}`).join()}`;
  const query = {
    state: wanted.state as (typeof STATES)[number],
    ...(wanted.kind === "" ? {} : { kind: wanted.kind as (typeof KINDS)[number] }),
    ...(wanted.site === "" ? {} : { site_id: Number(wanted.site) }),
    search: wanted.search.trim(),
    skip: wanted.skip,
  };
  const { data, problem, reload } = useLoad(() => incidents(meetingId, query), [JSON.stringify(query), seen]);
  return (
    <Dialog
      wide
      title={t("log.title")}
      onClose={onClose}
      actions={<Foot meetingId={meetingId} conference={conference} onClose={onClose} />}
    >
      <div class="rc-filter">
        <TextField
          label={t("log.search")}
          value={wanted.search}
          onValue={(search) => set({ search })}
          input={{ type: "search", maxLength: 100, autofocus: true }}
        />
        <Choice
          label={t("log.state")}
          value={wanted.state}
          values={STATES.map((one) => [one, t(`log.state.${one}`)])}
          onValue={(state) => set({ state })}
        />
        <Choice
          label={t("log.kind")}
          value={wanted.kind}
          values={[["", t("log.every")], ...KINDS.map((one) => [one, t(`log.kind.${one}`)] as const)]}
          onValue={(kind) => set({ kind })}
        />
        <Choice
          label={t("log.site")}
          value={wanted.site}
          values={[["", t("log.every")], ...conference.sites.map((one) => [String(one.id), one.name] as const)]}
          onValue={(site) => set({ site })}
        />
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {data && (
        <>
          <p role="status">{t("log.found", { n: data.total, open: data.open })}</p>
          {data.incidents.length === 0 && <p class="empty">{t("log.none")}</p>}
          <ul class="rc-log">
            {data.incidents.map((one) => (
              <Row
                key={one.id}
                incident={one}
                conference={conference}
                reason={reason}
                onSettle={() => setSettling(one)}
              />
            ))}
          </ul>
          {data.total > PAGE && (
            <div class="buttons">
              <Button
                kind="quiet"
                icon="left"
                reason={wanted.skip === 0 ? t("log.first") : undefined}
                reasonHidden
                onPress={() => set({ skip: Math.max(0, wanted.skip - PAGE) })}
              >
                {t("log.newer")}
              </Button>
              <Button
                kind="quiet"
                icon="right"
                reason={wanted.skip + PAGE >= data.total ? t("log.last") : undefined}
                reasonHidden
                onPress={() => set({ skip: wanted.skip + PAGE })}
              >
                {t("log.older")}
              </Button>
            </div>
          )}
        </>
      )}
      {settling && (
        <SettleSheet
          meetingId={meetingId}
          incident={settling}
          onClose={() => {
            setSettling(undefined);
            reload();
          }}
        />
      )}
    </Dialog>
  );
}

interface RowProps {
  readonly incident: Incident;
  readonly conference: Conference;
  readonly reason: string | undefined;
  readonly onSettle: () => void;
}

function Row({ incident, conference, reason, onSettle }: RowProps) {
  const site = conference.sites.find((one) => one.id === incident.site_id)?.name;
  const open = incident.resolved_ms === null;
  return (
    <li class={open ? "rc-open" : ""}>
      <span class="rc-when tabular">
        {formatClock(incident.at_ms)}
        <small>{formatDate(incident.at_ms)}</small>
      </span>
      <span>
        {said(incident)}
        <small>
          {[
            site,
            incident.by === "" ? t("incident.auto") : t("incident.by", { name: incident.by }),
            incident.times > 1 ? t("log.times", { n: incident.times, time: formatClock(incident.last_ms) }) : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      {open ? (
        <Button kind="quiet" reason={reason} reasonHidden onPress={onSettle}>
          {t("incident.resolve")}
        </Button>
      ) : (
        <small class="rc-settled">{settledText(incident)}</small>
      )}
    </li>
  );
}

function settledText(incident: Incident): string {
  const time = formatClock(incident.resolved_ms ?? 0);
  const by =
    incident.resolved_by === "" ? t("log.settled", { time }) : t("log.settledBy", { time, name: incident.resolved_by });
  return incident.resolution === "" ? by : `${by}: ${incident.resolution}`;
}

interface FootProps {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly onClose: () => void;
}

function Foot({ meetingId, conference, onClose }: FootProps) {
  const early = conference.state === "planned" ? t("report.early") : undefined;
  const make = (form: "pdf" | "xlsx") => act(report(meetingId, form), () => t("report.made"));
  const kind = conference.state === "ended" ? "primary" : "normal";
  return (
    <>
      <Button icon="document" reason={early} reasonHidden onPress={() => make("xlsx")}>
        {t("report.xlsx")}
      </Button>
      <Button kind={kind} icon="document" reason={early} onPress={() => make("pdf")}>
        {t("report.pdf")}
      </Button>
      <Button onPress={onClose}>{t("action.close")}</Button>
    </>
  );
}

interface SettleProps {
  readonly meetingId: number;
  readonly incident: Incident;
  readonly onClose: () => void;
}

/** How an incident was settled; words are wished for and not forced. */
export function SettleSheet({ meetingId, incident, onClose }: SettleProps) {
  const [text, setText] = useState("");
  return (
    <Sheet
      title={t("settle.title")}
      reason={undefined}
      save={() => settleWith(meetingId, incident.id, text.trim())}
      saveText={t("incident.resolve")}
      onClose={onClose}
    >
      <p>{said(incident)}</p>
      <TextField
        label={t("settle.text")}
        hint={t("settle.help")}
        value={text}
        onValue={setText}
        input={{ maxLength: 500, autofocus: true }}
      />
    </Sheet>
  );
}

/** An incident somebody saw, about a site or about none. */
export function IncidentSheet({ meetingId, conference, onClose }: Omit<Props, "reason">) {
  const [text, setText] = useState("");
  const [site, setSite] = useState("");
  const body = { text: text.trim(), ...(site === "" ? {} : { site_id: Number(site) }) };
  return (
    <Sheet
      title={t("incident.add")}
      reason={body.text === "" ? t("incident.empty") : undefined}
      save={() => noteIncident(meetingId, body)}
      onClose={onClose}
    >
      <TextField
        label={t("incident.text")}
        value={text}
        onValue={setText}
        input={{ maxLength: 500, autofocus: true }}
      />
      <Choice
        label={t("log.site")}
        value={site}
        values={[["", t("incident.nowhere")], ...conference.sites.map((one) => [String(one.id), one.name] as const)]}
        onValue={setSite}
      />
    </Sheet>
  );
}

/** A site's page: its light, the relayed picture, the test, and the centre's telephone. */

import { get } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Clock } from "@common/components/Clock.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { Player } from "@common/components/Player.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { formatDate, formatTime } from "@common/i18n/index.ts";
import type { DeviceView, OwnReadiness, OwnSite } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { meetingRelay, Viewing } from "@common/whep/index.ts";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import { Floor } from "./Floor.tsx";
import { t } from "./i18n/index.ts";
import { live } from "./live.ts";
import { Shared } from "./Shared.tsx";
import { Check } from "./test/Check.tsx";
import { begin, running } from "./test/flow.ts";
import { Light, Verdict } from "./Verdict.tsx";
import "./site.css";

const REFRESH_MS = 30_000; // what changes comes with the topic at once; this is for what a line swallowed

function Picture({ meeting, own }: { meeting: number; own: OwnReadiness }) {
  const viewing = useMemo(() => new Viewing(meetingRelay(meeting)), [meeting]);
  useEffect(() => {
    viewing.open();
    return () => viewing.close();
  }, [viewing]);
  return (
    <div class="site-player">
      <Player viewing={viewing} sound label={own.conference}>
        <h2>{own.conference}</h2>
        <p>{t("meeting.starts", { time: formatTime(own.starts_ms), date: formatDate(own.starts_ms) })}</p>
      </Player>
    </div>
  );
}

function Phone({ number }: { number: string }) {
  if (number === "") return <p class="site-hint">{t("phone.none")}</p>;
  return (
    <a class="site-phone" href={`tel:${number.replace(/[^0-9+]/g, "")}`}>
      {t("phone.centre")} <strong class="tabular">{number}</strong>
    </a>
  );
}

/** The centre moved this site down because of its line: said here, too, and that it comes back by itself. */
function Held({ site }: { site: OwnSite }) {
  if (site.held === "top" || site.allowed === "none") return null;
  return <p role="status">{t(site.allowed === "audio" ? "held.audio" : "held.low")}</p>;
}

function Site({ meeting }: { meeting: number }) {
  const loaded = useLoad(() => get<OwnReadiness>(`/api/meetings/${meeting}/relay/readiness/mine`), [meeting]);
  const place = useLoad(() => get<OwnSite>(`/api/meetings/${meeting}/relay/site`), [meeting]);
  const relay = live.useTopic(`meeting/${meeting}/relay`);
  const news = live.useTopic(`meeting/${meeting}/relay-shared`);
  const reloadBoth = [loaded.reload, place.reload];
  const reload = useCallback(() => {
    for (const one of reloadBoth) one();
  }, reloadBoth);
  useEffect(() => {
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  useEffect(reload, [relay?.version]);
  useEffect(place.reload, [news?.version]);
  const own = loaded.data;
  if (own === undefined) return <p>{t("meeting.waiting")}</p>;
  const mine = relay?.data.floor_site_id === place.data?.site_id;
  const floorSince = relay && (mine ? relay.data.floor_since_ms : null);
  const called = floorSince === undefined ? place.data?.request === "speaking" : floorSince !== null;
  const tests = running.value !== undefined;
  return (
    <div class="site-columns">
      <section class="site-side">
        <h1>{own.site}</h1>
        <Light own={own} />
        {place.data !== undefined && <Held site={place.data} />}
        {!tests && !called && <Verdict own={own} meeting={meeting} />}
        {!tests && !called && (
          <>
            <p class="site-hint">{t("test.how")}</p>
            <Button kind="primary" size="large" wide onPress={() => void begin(meeting)}>
              {own.tests.length > 0 ? t("test.again") : t("test.start")}
            </Button>
          </>
        )}
        {!tests && place.data !== undefined && (
          <Floor meeting={meeting} site={place.data} floorSince={floorSince} changed={reload} />
        )}
        <Phone number={own.phone} />
      </section>
      {tests ? (
        <Check meeting={meeting} technician={own.technician} phone={own.technician_phone} done={reload} />
      ) : (
        <div class="site-main">
          <Picture meeting={meeting} own={own} />
          {place.data !== undefined && <Shared meeting={meeting} shared={place.data.shared} />}
        </div>
      )}
    </div>
  );
}

function Body() {
  const online = live.line.value.status === "online";
  const device = useLoad(() => get<DeviceView>("/api/device"), [online]);
  if (live.signedOut.value)
    return (
      <section class="site-gate">
        <h1>{t("signIn.needed")}</h1>
        <p>{t("signIn.how")}</p>
      </section>
    );
  if (device.data === undefined) return <p>{t("meeting.waiting")}</p>;
  const [meeting] = device.data.meetings;
  return meeting === undefined ? <p>{t("meeting.none")}</p> : <Site meeting={meeting.id} />;
}

export function App() {
  document.title = t("title");
  return (
    <div class="site">
      <header class="site-bar">
        <Clock />
        <span class="site-name">{t("title")}</span>
        <StatusLine line={live.line} signedOut={live.signedOut} updateWaiting={live.updateWaiting} brief />
        <LanguageSwitch />
      </header>
      <main>
        <Body />
      </main>
    </div>
  );
}

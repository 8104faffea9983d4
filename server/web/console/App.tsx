/** The console's frame: bar, page, corner. */

import { Button } from "@common/components/Button.tsx";
import { Clock } from "@common/components/Clock.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { useEffect } from "preact/hooks";
import { Admin } from "./admin/Admin.tsx";
import { t } from "./i18n/index.ts";
import { live, useMeeting } from "./live.ts";
import { PaperPage } from "./paper/PaperPage.tsx";
import { Ask } from "./parts/Ask.tsx";
import { Busy } from "./parts/Busy.tsx";
import { Prepare } from "./prepare/Prepare.tsx";
import { RelayPage } from "./relay/RelayPage.tsx";
import { href, type Route, route } from "./router.ts";
import { Cockpit } from "./run/Cockpit.tsx";
import { holds, loadSession, session, signOut, toSignIn } from "./session.ts";
import { NewMeeting } from "./start/NewMeeting.tsx";
import { Start } from "./start/Start.tsx";
import "./styles/shell.css";
import "./styles/run.css";
import "./styles/run-now.css";
import "./styles/run-room.css";
import "./styles/pages.css";
import "./styles/prepare.css";
import "./styles/print.css";
import "./styles/votes.css";

const ADMINISTRATORS = ["administrator", "unit_administrator", "secretary", "technician"] as const;

function Link({ to, children, here }: { readonly to: Route; readonly children: string; readonly here: boolean }) {
  return (
    <a href={href(to)} aria-current={here ? "page" : undefined}>
      {children}
    </a>
  );
}

function Navigation({ at, meetingId }: { readonly at: Route; readonly meetingId: number | undefined }) {
  return (
    <nav class="bar-nav" aria-label={t("nav.main")}>
      <Link to={{ page: "start" }} here={at.page === "start"}>
        {t("nav.meetings")}
      </Link>
      {meetingId !== undefined && (
        <>
          <Link to={{ page: "prepare", meetingId, tab: "agenda" }} here={at.page === "prepare"}>
            {t("nav.prepare")}
          </Link>
          <Link to={{ page: "run", meetingId }} here={at.page === "run"}>
            {t("nav.run")}
          </Link>
          <Link to={{ page: "paper", meetingId, voteId: undefined }} here={at.page === "paper"}>
            {t("nav.paper")}
          </Link>
          <Link to={{ page: "relay", meetingId }} here={at.page === "relay"}>
            {t("nav.relay")}
          </Link>
        </>
      )}
      {meetingId === undefined && holds(...ADMINISTRATORS) && (
        <Link to={{ page: "admin", tab: "units" }} here={at.page === "admin"}>
          {t("nav.admin")}
        </Link>
      )}
    </nav>
  );
}

function MeetingName({ meetingId }: { readonly meetingId: number }) {
  const header = useMeeting(meetingId, "header");
  return <h1 class="bar-title">{header?.title ?? "…"}</h1>;
}

function Bar({ at, meetingId }: { readonly at: Route; readonly meetingId: number | undefined }) {
  return (
    <header class="bar">
      <a class="bar-home" href={href({ page: "start" })}>
        {t("app.name")}
      </a>
      <Navigation at={at} meetingId={meetingId} />
      {at.page === "admin" && <h1 class="bar-title">{t("nav.admin")}</h1>}
      {at.page !== "admin" && meetingId === undefined && <span class="bar-title" />}
      {meetingId !== undefined && <MeetingName meetingId={meetingId} />}
      <StatusLine line={live.line} signedOut={live.signedOut} updateWaiting={live.updateWaiting} brief />
      <span class="bar-clock">
        <Clock />
      </span>
      <LanguageSwitch />
      <span class="bar-person">{session.value?.name}</span>
      <Button kind="quiet" icon="exit" label={t("action.signOut")} onPress={signOut} />
    </header>
  );
}

function Page({ at }: { readonly at: Route }) {
  switch (at.page) {
    case "start":
      return <Start />;
    case "new-meeting":
      return <NewMeeting />;
    case "run":
      return <Cockpit key={at.meetingId} meetingId={at.meetingId} />;
    case "prepare":
      return <Prepare key={at.meetingId} meetingId={at.meetingId} tab={at.tab} />;
    case "paper":
      return <PaperPage key={at.meetingId} meetingId={at.meetingId} voteId={at.voteId} />;
    case "relay":
      return <RelayPage key={at.meetingId} meetingId={at.meetingId} />;
    case "admin":
      return <Admin tab={at.tab} />;
    default:
      return (
        <div class="page">
          <p class="empty">{t("app.unknown")}</p>
          <a href={href({ page: "start" })}>{t("app.toStart")}</a>
        </div>
      );
  }
}

function SignedOut() {
  return (
    <div class="signed-out" role="alert">
      <span>{t("app.signedOut")}</span>
      <Button kind="primary" onPress={toSignIn}>
        {t("action.signIn")}
      </Button>
    </div>
  );
}

/** See the top of this file. */
export function App() {
  useEffect(() => void loadSession(), []);
  const at = route.value;
  const meetingId = "meetingId" in at ? at.meetingId : undefined;
  document.title = t("app.title");
  if (session.value === undefined) return <p class="empty page">{t("app.loading")}</p>;
  return (
    <div class="app">
      <button type="button" class="skip" onClick={skip}>
        {t("app.skip")}
      </button>
      <Bar at={at} meetingId={meetingId} />
      {live.signedOut.value && <SignedOut />}
      <main id="main" class="main" tabIndex={-1}>
        <Page at={at} />
      </main>
      <Busy meetingId={meetingId} />
      <Ask />
    </div>
  );
}

/** A link would change the hash, which is the address of a page here. */
function skip(): void {
  document.getElementById("main")?.focus();
}

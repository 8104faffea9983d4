/** The tellers' page: sign in, choose a vote and a station, enter ballots, settle differences. */

import { Button } from "@common/components/Button.tsx";
import { Clock } from "@common/components/Clock.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { toastRefusal } from "@common/components/Toast.tsx";
import { signOut } from "./calls.ts";
import { Choose } from "./choose/Choose.tsx";
import { VotePage } from "./choose/VotePage.tsx";
import { t } from "./i18n/index.ts";
import { busy, live, useHeader, usePaper } from "./live.ts";
import { SignIn } from "./SignIn.tsx";
import { goTo, standUp, teller, voteId } from "./who.ts";
import "./styles/teller.css";

async function leave(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    toastRefusal(error); // the session still lives on the server: say so rather than pretend
    return;
  }
  standUp();
  goTo(undefined);
  live.reconnect(true);
}

/** Whether the server does not know this laptop's teller (any more). */
function strange(): boolean {
  const who = teller.value;
  return (
    who === undefined || live.signedOut.value || live.refused.value[`meeting/${who.meetingId}/paper`] !== undefined
  );
}

function Bar() {
  const header = useHeader();
  const vote = usePaper()?.data.votes.find((one) => one.id === voteId.value);
  const mine = vote?.stations.find((one) => one.holder_id === teller.value?.participantId);
  return (
    <header class="bar">
      <div class="bar-words">
        <h1>{vote ? vote.title : t("title")}</h1>
        <p>
          {[header?.title, vote && vote.round > 1 && t("vote.round", { n: vote.round })].filter(Boolean).join(" · ")}
        </p>
      </div>
      {mine && <strong class="bar-station">{t("station.name", { n: mine.number })}</strong>}
      <StatusLine line={live.line} signedOut={live.signedOut} updateWaiting={live.updateWaiting} brief />
      <span class="bar-person">{teller.value?.name}</span>
      <span class="bar-clock">
        <Clock />
      </span>
      <LanguageSwitch />
      {vote && (
        <Button kind="quiet" icon="list" onPress={() => goTo(undefined)}>
          {t("vote.list")}
        </Button>
      )}
      <Button
        kind="quiet"
        icon="exit"
        label={t("action.signOut")}
        onPress={leave}
        reason={busy.value ? t("signOut.why") : undefined}
        reasonHidden
      />
    </header>
  );
}

/** See the top of this file. */
export function App() {
  document.title = t("title");
  if (strange()) return <SignIn />;
  const vote = voteId.value;
  return (
    <div class="teller">
      <Bar />
      {vote === undefined ? <Choose /> : <VotePage key={vote} id={vote} />}
    </div>
  );
}

/** One vote: take a station, enter, wait for the others, settle; whatever it is time for. */

import { Button } from "@common/components/Button.tsx";
import { Confirm } from "@common/components/Dialog.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { KeyBar } from "@common/components/KeyMap.tsx";
import { toastRefusal } from "@common/components/Toast.tsx";
import { formatClock } from "@common/i18n/index.ts";
import { useKeys } from "@common/keys.ts";
import type { StationView } from "@common/types.gen.ts";
import { useState } from "preact/hooks";
import { compare, logPdf, minutesPdf, takeStation } from "../calls.ts";
import { Compare } from "../compare/Compare.tsx";
import { Station } from "../entry/Station.tsx";
import { t } from "../i18n/index.ts";
import { usePaper, type Vote } from "../live.ts";
import { goTo, teller } from "../who.ts";
import { factsOf } from "./Choose.tsx";

function stateText(one: StationView): string {
  if (one.state === "free") return t("station.free");
  const holder = one.holder ?? "";
  if (one.state === "committed") return t("station.committed", { holder, time: formatClock(one.committed_ms ?? 0) });
  return t("station.held", { holder, time: formatClock(one.held_since_ms ?? 0) });
}

function TakeStation({ vote }: { readonly vote: Vote }) {
  const take = (number: number) => takeStation(vote.id, number).catch(toastRefusal);
  const reason = (one: StationView) => (one.state === "free" ? undefined : stateText(one));
  useKeys(
    {
      ...Object.fromEntries(
        vote.stations.map((one) => [
          String(one.number),
          { label: t("station.take", { n: one.number }), run: () => void take(one.number), reason: reason(one) },
        ]),
      ),
      Escape: { label: t("action.back"), run: () => goTo(undefined) },
    },
    { title: t("station.choose") },
  );
  return (
    <main class="choose">
      <h2>{t("station.choose")}</h2>
      <p class="help">{factsOf(vote)}</p>
      <p class="help">{t("station.help")}</p>
      <div class="stations">
        {vote.stations.map((one) => (
          <section key={one.number} class={`station-card station-${one.state}`}>
            <h3>{t("station.name", { n: one.number })}</h3>
            <Button
              kind="primary"
              size="large"
              wide
              hint={String(one.number)}
              reason={reason(one)}
              onPress={() => take(one.number)}
            >
              {t("station.take", { n: one.number })}
            </Button>
          </section>
        ))}
      </div>
      <KeyBar />
    </main>
  );
}

function Waiting({ vote, mine }: { readonly vote: Vote; readonly mine: StationView }) {
  const [asking, setAsking] = useState(false);
  const open = vote.stations.filter((one) => one.state !== "committed").length;
  const reason = open > 0 ? t("compare.why", { n: open }) : undefined;
  const print = () => void window.open(logPdf(vote.id, mine.number), "_blank");
  useKeys(
    {
      b: { label: t("compare.do"), run: () => setAsking(true), reason },
      l: { label: t("key.log"), run: print },
    },
    { title: t("station.name", { n: mine.number }) },
  );
  const go = () =>
    compare(vote.id)
      .catch(toastRefusal)
      .finally(() => setAsking(false));
  return (
    <main class="choose">
      <h2>{t("committed.title", { n: mine.number, time: formatClock(mine.committed_ms ?? 0) })}</h2>
      <p class="help">{t("committed.says")}</p>
      <ul class="waiting">
        {vote.stations.map((one) => (
          <li key={one.number}>
            <Icon name={one.state === "committed" ? "check" : "clock"} />
            <strong>{t("station.name", { n: one.number })}</strong> <span>{stateText(one)}</span>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Button kind="primary" size="large" hint="B" reason={reason} onPress={() => setAsking(true)}>
          {t("compare.do")}
        </Button>
        <a class="button button-large" href={logPdf(vote.id, mine.number)} target="_blank" rel="noreferrer">
          {t("log.print")} <kbd>{"L"}</kbd>
        </a>
      </div>
      <KeyBar />
      {asking && (
        <Confirm
          title={t("compare.do")}
          consequence={t("compare.says")}
          action={t("compare.do")}
          confirmKey="d"
          onConfirm={go}
          onCancel={() => setAsking(false)}
        />
      )}
    </main>
  );
}

function Over({ vote }: { readonly vote: Vote }) {
  return (
    <main class="choose">
      <h2>{vote.state === "annulled" ? t("vote.annulled", { reason: vote.annulled_reason }) : t("over.title")}</h2>
      {vote.state !== "annulled" && (
        <>
          <p class="help">{t("over.says")}</p>
          <div class="buttons">
            <a class="button button-large" href={minutesPdf(vote.id)} target="_blank" rel="noreferrer">
              {t("over.minutes")}
            </a>
            {vote.stations.map((one) => (
              <a
                key={one.number}
                class="button button-large"
                href={logPdf(vote.id, one.number)}
                target="_blank"
                rel="noreferrer"
              >
                {t("over.log", { n: one.number })}
              </a>
            ))}
          </div>
        </>
      )}
      <KeyBar />
    </main>
  );
}

/** See the top of this file. */
export function VotePage({ id }: { readonly id: number }) {
  const paper = usePaper()?.data;
  const vote = paper?.votes.find((one) => one.id === id);
  if (paper === undefined) {
    return (
      <main class="wait">
        <p role="status">{t("entry.loading")}</p>
      </main>
    );
  }
  if (vote === undefined) {
    return (
      <main class="choose">
        <p class="empty">{t("vote.gone")}</p>
      </main>
    );
  }
  if (vote.state === "compared") return <Compare vote={vote} />;
  if (!["issued", "counting"].includes(vote.state)) return <Over vote={vote} />;
  const mine = vote.stations.find((one) => one.holder_id === teller.value?.participantId);
  if (mine === undefined) return <TakeStation vote={vote} />;
  if (mine.state === "committed") return <Waiting vote={vote} mine={mine} />;
  return <Station key={mine.number} vote={id} number={mine.number} />;
}

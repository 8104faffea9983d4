/** Votes on paper of a meeting: the list and the tellers at the left, the chosen vote with its one next step. */

import { Button } from "@common/components/Button.tsx";
import { KeyBar } from "@common/components/KeyMap.tsx";
import { Notice, ProblemNotice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import type { ConsolePaperView } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { useMeeting } from "../live.ts";
import { go } from "../router.ts";
import { holds } from "../session.ts";
import { CountCard } from "./CountCard.tsx";
import { paperVote } from "./calls.ts";
import { t, word } from "./i18n/index.ts";
import { List } from "./List.tsx";
import { NextStep } from "./NextStep.tsx";
import { PrintCard } from "./PrintCard.tsx";
import { AskReason } from "./ReasonSheet.tsx";
import { ResultCard } from "./ResultCard.tsx";
import { RuleCard } from "./RuleCard.tsx";
import type { Row, Section, Vote } from "./shapes.ts";
import { TellersSheet } from "./TellersSheet.tsx";
import { VoteSheet } from "./VoteSheet.tsx";
import "./paper.css";

const TELLERS = 3;

/** "Ban Chấp hành · lần 2". */
function nameOf(vote: Row): string {
  return vote.round > 1 ? `${vote.title} · ${t("vote.round", { n: vote.round })}` : vote.title;
}

function whyNot(state: string | undefined): string | undefined {
  if (!holds("secretary")) return t("why.notSecretary");
  if (state === undefined) return t("why.waiting");
  return state === "closed" ? t("why.closed") : undefined;
}

interface RowsProps {
  readonly votes: readonly Row[];
  readonly chosen: number | undefined;
  readonly onOpen: (id: number) => void;
}

function Rows({ votes, chosen, onOpen }: RowsProps) {
  return (
    <ul class="pv-votes">
      {votes.map((vote) => (
        <li key={vote.id}>
          <button
            type="button"
            class="pv-vote"
            aria-current={vote.id === chosen ? "true" : undefined}
            onClick={() => onOpen(vote.id)}
          >
            <strong>{nameOf(vote)}</strong>
            <span class={`chip chip-pv-${vote.state}`}>{word("state", vote.state)}</span>
            <small>{word("kind", vote.kind)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Tellers({
  paper,
  reason,
  onEdit,
}: {
  paper: ConsolePaperView;
  reason: string | undefined;
  onEdit: () => void;
}) {
  const missing = TELLERS - paper.tellers.length;
  return (
    <section class="pv-side-part" aria-label={t("tellers.title")}>
      <h3>{t("tellers.title")}</h3>
      {paper.tellers.length === 0 && <p class="empty">{t("tellers.none")}</p>}
      <ul>
        {paper.tellers.map((one) => (
          <li key={one.participant_id}>
            {one.name} {one.head && <small>{t("tellers.head")}</small>}
          </li>
        ))}
      </ul>
      {missing > 0 && <p class="pv-bad">{t("why.tellers", { n: missing })}</p>}
      <Button icon="people" hint="K" reason={reason} reasonHidden onPress={onEdit}>
        {t("tellers.edit")}
      </Button>
    </section>
  );
}

interface DetailProps {
  readonly meetingId: number;
  readonly id: number;
  readonly paper: ConsolePaperView;
  readonly reason: string | undefined;
  readonly sits: boolean;
  readonly onOpen: (id: number | undefined) => void;
}

function Body({ section }: { readonly section: Section }) {
  const { vote } = section;
  return (
    <div class="pv-columns">
      <div class="pv-column">
        {vote.result ? <ResultCard {...section} /> : <List {...section} />}
        {vote.result && (
          <details class="pv-more">
            <summary>{t("list.title")}</summary>
            <List {...section} />
          </details>
        )}
      </div>
      <div class="pv-column">
        {vote.stations.length > 0 && <CountCard {...section} />}
        {(vote.state === "printed" || vote.state === "issued") && <PrintCard {...section} />}
        <RuleCard {...section} />
        {vote.state === "draft" && <PrintCard {...section} />}
      </div>
    </div>
  );
}

function Detail({ meetingId, id, paper, reason, sits, onOpen }: DetailProps) {
  const attendance = useMeeting(meetingId, "attendance"); // the base and the quorum follow who comes and goes
  const room = `${attendance?.present} ${attendance?.convened}`;
  const { data, problem, reload } = useLoad(() => paperVote(meetingId, id), [meetingId, id, paper, room]);
  const vote: Vote | undefined = data?.id === id ? data : undefined;
  if (problem && vote === undefined) return <ProblemNotice problem={problem} />;
  if (vote === undefined) return <p class="empty">{t("page.loading")}</p>;
  const section: Section = { meetingId, vote, reason, reload };
  const facts = [
    word("kind", vote.kind),
    vote.kind === "confidence" ? "" : t("vote.seats", { n: vote.seats }),
    vote.issued === null ? "" : t("vote.issued", { n: vote.issued }),
    vote.returned === null ? "" : t("vote.returned", { n: vote.returned }),
  ];
  return (
    <article class="pv-detail" aria-label={nameOf(vote)}>
      <header class="pv-title">
        <h2>{nameOf(vote)}</h2>
        <span class={`chip chip-pv-${vote.state}`}>{word("state", vote.state)}</span>
        <small>{facts.filter(Boolean).join(" · ")}</small>
      </header>
      <NextStep {...section} tellers={paper.tellers.length} sits={sits} onOpen={onOpen} />
      <Body section={section} />
    </article>
  );
}

/** See the top of this file. `voteId` undefined: the newest one. */
export function PaperPage({ meetingId, voteId }: { readonly meetingId: number; readonly voteId: number | undefined }) {
  const header = useMeeting(meetingId, "header");
  const paper = useMeeting(meetingId, "paper");
  const [sheet, setSheet] = useState<"vote" | "tellers">();
  const reason = whyNot(header?.state);
  const votes = paper?.votes ?? [];
  const chosen = votes.find((one) => one.id === voteId) ?? votes.at(-1);
  const open = (id: number | undefined) => go({ page: "paper", meetingId, voteId: id });
  const step = (by: number) => {
    const to = votes[votes.findIndex((one) => one.id === chosen?.id) + by];
    if (to) open(to.id);
  };
  useKeys(
    {
      n: { label: t("vote.add"), run: () => setSheet("vote"), reason },
      k: { label: t("tellers.edit"), run: () => setSheet("tellers"), reason },
      PageDown: { label: t("vote.other"), run: () => step(1) },
      PageUp: { label: t("vote.other"), hidden: true, run: () => step(-1) },
    },
    { title: t("page.title") },
  );
  return (
    <div class="pv-page">
      <aside class="pv-side">
        <section class="pv-side-part" aria-label={t("page.title")}>
          <h3>{t("page.title")}</h3>
          {paper && votes.length === 0 && <p class="empty">{t("vote.none")}</p>}
          <Rows votes={votes} chosen={chosen?.id} onOpen={open} />
          <Button
            icon="plus"
            hint="N"
            kind={votes.length === 0 ? "primary" : "normal"}
            reason={reason}
            onPress={() => setSheet("vote")}
          >
            {t("vote.add")}
          </Button>
        </section>
        {paper && <Tellers paper={paper} reason={reason} onEdit={() => setSheet("tellers")} />}
        <p class="help">{t("page.help")}</p>
      </aside>
      <div class="pv-main">
        {reason && header && <Notice>{reason}</Notice>}
        {paper && chosen && (
          <Detail
            key={chosen.id}
            meetingId={meetingId}
            id={chosen.id}
            paper={paper}
            reason={reason}
            sits={header?.state === "in_session"}
            onOpen={open}
          />
        )}
        {paper && !chosen && <p class="empty pv-nothing">{t("page.empty")}</p>}
      </div>
      <div class="pv-keys">
        <KeyBar most={12} />
      </div>
      {sheet === "vote" && (
        <VoteSheet
          meetingId={meetingId}
          vote={undefined}
          onClose={(id) => {
            setSheet(undefined);
            if (id !== undefined) open(id);
          }}
        />
      )}
      {sheet === "tellers" && paper && (
        <TellersSheet meetingId={meetingId} tellers={paper.tellers} onClose={() => setSheet(undefined)} />
      )}
      <AskReason />
    </div>
  );
}

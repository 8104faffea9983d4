/** What stands below the motion, stage by stage. */

import { type Problem, problemText, type SendState } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { lineText } from "@common/components/StatusLine.tsx";
import { CHOICE_ICONS, choiceText } from "@common/components/VoteBars.tsx";
import { formatClockSeconds, language } from "@common/i18n/index.ts";
import { useKeys } from "@common/keys.ts";
import type { BallotIn, MeView, OwnBallot, PollView, Receipt as ServerReceipt } from "@common/types.gen.ts";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";
import { shown } from "../parts/choice.ts";
import {
  bodyOf,
  type Choice,
  choicesOf,
  type Draft,
  draftOf,
  EMPTY,
  isLong,
  recorded,
  type Said,
  saidIn,
} from "./draft.ts";
import { Levels, Many, SaidList, Write } from "./later.ts";
import { cast, changing, draft, drop, mark, sendingOf } from "./state.ts";

/** Two touches must be two: a button that has just appeared under a finger does not listen yet, in ms. */
const SETTLE_MS = 450;

/** Wrap an act so that it does nothing in the first moments of a stage. */
function useSettled(): (act: () => void) => () => void {
  const born = useRef(performance.now());
  return (act) => () => {
    if (performance.now() - born.current >= SETTLE_MS) act();
  };
}

/** "Không tán thành" breaks after its first word, where one would draw breath. */
function Words({ text }: { readonly text: string }) {
  const [first = "", ...rest] = text.split(" ");
  if (rest.length < 2) return <span>{text}</span>;
  return (
    <span>
      {first} <span class="ballot-unbroken">{rest.join(" ")}</span>
    </span>
  );
}

/** Three large buttons; a written opinion, a list or names have a screen of their own. */
export function Choose({ poll }: { readonly poll: PollView }) {
  if (poll.kind === "choice") return <Many poll={poll} />;
  if (poll.kind === "confidence") return <Levels poll={poll} />;
  return draft.value.choice === "other" ? <Opinion poll={poll} /> : <Three poll={poll} />;
}

function Three({ poll }: { readonly poll: PollView }) {
  const settled = useSettled();
  const choose = (choice: Choice) => settled(() => mark({ choice, ready: choice !== "other" }));
  const [first, second, third] = choicesOf(poll);
  const act = (choice: Choice | undefined) => ({
    label: choice === undefined ? "" : t("ballot.key.choose", { choice: choiceText(shown(choice, poll.kind)) }),
    run: choose(choice ?? "not_voting"),
  });
  useKeys({ "1": act(first), "2": act(second), "3": act(third) }, { title: t("ballot.title") });
  return (
    <div class="ballot-choices" role="group" aria-label={`${t("ballot.pick")}: ${poll.title}`}>
      {choicesOf(poll).map((choice) => (
        <button
          key={choice}
          type="button"
          class={`ballot-choice choice-${shown(choice, poll.kind)}`}
          onClick={choose(choice)}
        >
          <Icon name={CHOICE_ICONS[shown(choice, poll.kind)]} />
          <Words text={choiceText(shown(choice, poll.kind))} />
        </button>
      ))}
    </div>
  );
}

function Opinion({ poll }: { readonly poll: PollView }) {
  return (
    <Write
      title={poll.title}
      label={t("write.opinion")}
      value={draft.value.opinion}
      onValue={(opinion) => mark({ opinion })}
      done={t("write.done")}
      onDone={() => mark({ ready: true })}
      onBack={() => mark({ choice: undefined })}
    />
  );
}

interface ChosenProps {
  readonly words: string;
  readonly poll: PollView;
  readonly said: Said;
}

/** What a ballot says, read back. */
function Chosen({ words, poll, said }: ChosenProps) {
  if (said.kind !== "one") return <SaidList words={words} poll={poll} said={said} />;
  const choice = shown(said.choice, poll.kind);
  return (
    <p class={`ballot-chosen choice-${choice}`}>
      <span class="ballot-chosen-words">{words}</span>
      <strong>
        <Icon name={CHOICE_ICONS[choice]} />
        {choiceText(choice)}
      </strong>
      {said.opinion !== "" && <q class="ballot-opinion">{said.opinion}</q>}
    </p>
  );
}

const toneOf = (poll: PollView, said: Said) =>
  said.kind === "one" ? `choice-${shown(said.choice, poll.kind)}` : "choice-list";

/** The second touch. */
export function Confirm({ poll, marks }: { readonly poll: PollView; readonly marks: Draft }) {
  const settled = useSettled();
  const said = saidIn(bodyOf(poll, marks));
  const send = settled(() => cast(poll));
  // Three choices begin anew; what took long to mark or to write stays as it is and can be corrected.
  const back = () => mark(marks.choice === "other" || isLong(poll) ? { ready: false } : EMPTY);
  const first = useRef<HTMLButtonElement>(null);
  useKeys(
    {
      Enter: { label: t("ballot.send"), run: send },
      Escape: { label: t("ballot.choose-again"), run: back },
    },
    { title: t("ballot.title") },
  );
  useEffect(() => first.current?.focus(), []);
  return (
    <>
      <Chosen words={t("ballot.chosen")} poll={poll} said={said} />
      <div class="ballot-confirm">
        <button type="button" ref={first} class={`ballot-send ${toneOf(poll, said)}`} onClick={send}>
          {t("ballot.send")}
        </button>
        <button type="button" class="ballot-again" onClick={back}>
          {isLong(poll) || marks.choice === "other" ? t("ballot.correct") : t("ballot.choose-again")}
        </button>
      </div>
    </>
  );
}

function Refused({ poll, problem }: { readonly poll: PollView; readonly problem: Problem }) {
  const { detail, next } = problemText(problem);
  return (
    <div class="ballot-words" role="alert">
      <p class="ballot-strong">
        <Icon name="warning" /> {t("ballot.refused")}
      </p>
      <p>
        {detail} {next}
      </p>
      <div class="ballot-row">
        <Button size="large" kind="primary" onPress={() => sendingOf(poll.id)?.retry()}>
          {t("ballot.refused.retry")}
        </Button>
        <Button size="large" onPress={() => takeBack(poll)}>
          {t("ballot.refused.back")}
        </Button>
      </div>
    </div>
  );
}

/** After a refusal the marks stand on the ballot again. */
function takeBack(poll: PollView): void {
  const body = sendingOf(poll.id)?.body as BallotIn | undefined;
  drop(poll.id);
  if (body !== undefined) mark(draftOf(saidIn(body)));
}

/** On its way: said truthfully until the server has answered. */
export function Sending(props: { readonly poll: PollView; readonly state: SendState<ServerReceipt> }) {
  const { poll, state } = props;
  if (state.step === "refused") return <Refused poll={poll} problem={state.problem} />;
  const body = sendingOf(poll.id)?.body as BallotIn | undefined;
  return (
    <>
      {body !== undefined && <Chosen words={t("ballot.chosen")} poll={poll} said={saidIn(body)} />}
      <div class="ballot-words" role="status">
        {state.step === "waiting" ? (
          <>
            <p class="ballot-strong ballot-warn">
              <Icon name="unplug" /> {t("ballot.waiting")}
            </p>
            <p>
              {live.line.value.status !== "online" && `${lineText(live.line.value)} `}
              {t("ballot.waiting.stay")}
            </p>
          </>
        ) : (
          <p class="ballot-strong">{t("ballot.sending")}</p>
        )}
      </div>
    </>
  );
}

/** "Đã ghi nhận phiếu của đồng chí lúc 08:43:12". */
export function Receipt({ poll, ballot }: { readonly poll: PollView; readonly ballot: OwnBallot }) {
  return (
    <>
      <p class="ballot-strong ballot-good" role="status">
        <Icon name="check" /> {t("ballot.receipt", { time: formatClockSeconds(ballot.cast_ms) })}
      </p>
      <Chosen words={t("ballot.receipt.choice")} poll={poll} said={recorded(poll, ballot.choice, ballot.opinion)} />
    </>
  );
}

/** Whether the ballot can still be changed, and the way to do it. */
export function Change({ poll, ballot }: { readonly poll: PollView; readonly ballot: OwnBallot }) {
  const change = () => {
    draft.value = draftOf(recorded(poll, ballot.choice, ballot.opinion));
    changing.value = true;
  };
  return (
    <>
      <p class="ballot-may">{poll.changeable ? t("ballot.changeable") : t("ballot.final")}</p>
      {poll.changeable && (
        <Button size="large" icon="pen" onPress={change}>
          {t("ballot.change")}
        </Button>
      )}
    </>
  );
}

/** The result does not stand; the reason is the secretary's. */
export function Annulled({ poll }: { readonly poll: PollView }) {
  return (
    <div class="ballot-words" role="status">
      <p class="ballot-strong ballot-warn">
        <Icon name="warning" /> {t("ballot.annulled")}
      </p>
      {poll.annulled_reason && (
        <p class="ballot-reason">{t("ballot.annulled.reason", { reason: poll.annulled_reason })}</p>
      )}
      <p>{t("ballot.annulled.next")}</p>
    </div>
  );
}

/** Why one cannot vote, in one sentence. */
export function Cannot({ me }: { readonly me: MeView }) {
  const { reason, reason_en } = me.standing;
  const said = language.value === "en" ? reason_en : reason;
  return (
    <div class="ballot-words" role="status">
      <p class="ballot-strong">
        <Icon name="info" /> {t("ballot.cannot")}
      </p>
      <p class="ballot-reason">{said ?? t("ballot.cannot.default")}</p>
      {me.standing.code === "not_present" && <p>{t("here.how")}</p>}
    </div>
  );
}

/** Before the server has said who sits here. */
export function Checking() {
  return (
    <p class="ballot-words" role="status">
      {t("ballot.checking")}
    </p>
  );
}

/** After close, before the result is published. */
export function Ended({ poll, ballot }: { readonly poll: PollView; readonly ballot: OwnBallot | undefined }) {
  const state = sendingOf(poll.id)?.state.value;
  const onTheWay = state !== undefined && state.step !== "done";
  return (
    <>
      {onTheWay && <Sending poll={poll} state={state} />}
      {!onTheWay && ballot && <Receipt poll={poll} ballot={ballot} />}
      {!onTheWay && ballot === undefined && <p class="ballot-words">{t("ballot.ended.none")}</p>}
      <p class="ballot-words">{t("ballot.ended.next")}</p>
    </>
  );
}

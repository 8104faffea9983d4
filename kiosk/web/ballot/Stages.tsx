/** What stands below the motion, stage by stage. */

import { type Problem, problemText, type SendState } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { lineText } from "@common/components/StatusLine.tsx";
import { CHOICE_ICONS, choiceText } from "@common/components/VoteBars.tsx";
import { formatClockSeconds, language } from "@common/i18n/index.ts";
import { useKeys } from "@common/keys.ts";
import type { MeView, OwnBallot, PollView, Receipt as ServerReceipt } from "@common/types.gen.ts";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";
import { shown } from "../parts/choice.ts";
import { CHOICES, type Choice } from "./stage.ts";
import { cast, changing, chosen, drop, sendingOf } from "./state.ts";

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

/** Three large buttons. */
export function Choose({ poll }: { readonly poll: PollView }) {
  const settled = useSettled();
  const choose = (choice: Choice) =>
    settled(() => {
      chosen.value = choice;
    });
  useKeys(
    {
      "1": { label: t("ballot.key.for"), run: choose("for") },
      "2": { label: t("ballot.key.against"), run: choose("against") },
      "3": { label: t("ballot.key.not-voting"), run: choose("not_voting") },
    },
    { title: t("ballot.title") },
  );
  return (
    <div class="ballot-choices" role="group" aria-label={`${t("ballot.pick")}: ${poll.title}`}>
      {CHOICES.map((choice) => (
        <button key={choice} type="button" class={`ballot-choice choice-${shown(choice)}`} onClick={choose(choice)}>
          <Icon name={CHOICE_ICONS[shown(choice)]} />
          <Words text={choiceText(shown(choice))} />
        </button>
      ))}
    </div>
  );
}

function Chosen({ words, choice }: { readonly words: string; readonly choice: string }) {
  return (
    <p class={`ballot-chosen choice-${shown(choice)}`}>
      <span class="ballot-chosen-words">{words}</span>
      <strong>
        <Icon name={CHOICE_ICONS[shown(choice)]} />
        {choiceText(shown(choice))}
      </strong>
    </p>
  );
}

/** The second touch. */
export function Confirm({ poll, choice }: { readonly poll: PollView; readonly choice: Choice }) {
  const settled = useSettled();
  const send = settled(() => cast(poll, choice));
  const back = () => {
    chosen.value = undefined;
  };
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
      <Chosen words={t("ballot.chosen")} choice={choice} />
      <div class="ballot-confirm">
        <button type="button" ref={first} class={`ballot-send choice-${shown(choice)}`} onClick={send}>
          {t("ballot.send")}
        </button>
        <button type="button" class="ballot-again" onClick={back}>
          {t("ballot.choose-again")}
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
        <Button size="large" onPress={() => drop(poll.id)}>
          {t("ballot.refused.back")}
        </Button>
      </div>
    </div>
  );
}

/** On its way: said truthfully until the server has answered. */
export function Sending(props: { readonly poll: PollView; readonly state: SendState<ServerReceipt> }) {
  const { poll, state } = props;
  if (state.step === "refused") return <Refused poll={poll} problem={state.problem} />;
  const body = sendingOf(poll.id)?.body as { readonly choice?: string } | undefined;
  return (
    <>
      {body?.choice !== undefined && <Chosen words={t("ballot.chosen")} choice={body.choice} />}
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
export function Receipt({ ballot }: { readonly ballot: OwnBallot }) {
  return (
    <>
      <p class="ballot-strong ballot-good" role="status">
        <Icon name="check" /> {t("ballot.receipt", { time: formatClockSeconds(ballot.cast_ms) })}
      </p>
      <Chosen words={t("ballot.receipt.choice")} choice={ballot.choice} />
    </>
  );
}

/** Whether the ballot can still be changed, and the way to do it. */
export function Change({ poll }: { readonly poll: PollView }) {
  const change = () => {
    chosen.value = undefined;
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
      {!onTheWay && ballot && <Receipt ballot={ballot} />}
      {!onTheWay && ballot === undefined && <p class="ballot-words">{t("ballot.ended.none")}</p>}
      <p class="ballot-words">{t("ballot.ended.next")}</p>
    </>
  );
}

/** The one next step of a vote, with its consequence in words and a second key; and the steps beside it. */

import { Button } from "@common/components/Button.tsx";
import { type KeyAction, useKeys } from "@common/keys.ts";
import { useState } from "preact/hooks";
import { showOnWall } from "../calls/room.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { deleteVote, step } from "./calls.ts";
import { said, t } from "./i18n/index.ts";
import { NumberSheet } from "./NumberSheet.tsx";
import { askReason } from "./ReasonSheet.tsx";
import { isOver, type Section, type Vote } from "./shapes.ts";
import { nextStep, type StepName, whyNotStep } from "./steps.ts";
import { VoteSheet } from "./VoteSheet.tsx";

interface Props extends Section {
  readonly tellers: number;
  readonly sits: boolean;
  readonly onOpen: (id: number | undefined) => void;
}

type Asked = "issue" | "close" | "edit" | undefined;

function askPrint({ meetingId, vote, reload }: Props): void {
  ask({
    title: t("print.freeze"),
    says: [vote.title, t("print.freeze.says", { n: vote.lines })],
    action: t("print.freeze"),
    key: "i",
    run: () => act(step(meetingId, vote.id, "print")).then(reload),
  });
}

function askCompare({ meetingId, vote, reload }: Props): void {
  ask({
    title: t("step.compare"),
    says: [vote.title, t("compare.says")],
    action: t("step.compare"),
    key: "d",
    run: () => act(step(meetingId, vote.id, "compare")).then(reload),
  });
}

function published({ meetingId, vote, reload }: Props) {
  const both = step(meetingId, vote.id, "publish").then(() => showOnWall(meetingId, "paper"));
  return act(both, () => t("publish.done")).then(reload);
}

function publishWords(vote: Vote): string {
  const { result } = vote;
  if (result === null || vote.kind === "confidence") return t("publish.confidence", { n: vote.lines });
  return t("publish.election", { n: result.elected.length, seats: result.seats, tied: result.tied.length });
}

function askPublish(props: Props): void {
  ask({
    title: t("step.publish"),
    says: [props.vote.title, publishWords(props.vote), t("publish.says")],
    action: t("step.publish"),
    key: "p",
    run: () => published(props),
  });
}

function askDelete({ meetingId, vote, onOpen }: Props): void {
  ask({
    title: t("delete.title"),
    says: [vote.title, t("delete.says")],
    action: t("action.delete"),
    key: "o",
    danger: true,
    run: () => act(deleteVote(meetingId, vote.id)).then((done) => done && onOpen(undefined)),
  });
}

function askAnnul({ meetingId, vote, reload }: Props): void {
  askReason({
    title: t("annul.title"),
    says: vote.state === "published" ? t("annul.public") : t("annul.says"),
    action: t("annul.do"),
    run: (reason) => step(meetingId, vote.id, "annul", { reason }).then(reload),
  });
}

function secondRound({ meetingId, vote, onOpen }: Props) {
  return act(
    step<Vote>(meetingId, vote.id, "second-round").then((made) => onOpen(made.id)),
    () => t("round.made"),
  );
}

/** What the next step does when it is pressed. */
function begin(props: Props, name: StepName, setAsked: (asked: Asked) => void): void {
  if (name === "print") askPrint(props);
  else if (name === "compare") askCompare(props);
  else if (name === "publish") askPublish(props);
  else if (name === "show") void published(props);
  else setAsked(name);
}

function Numbers({ props, asked, onClose }: { props: Props; asked: Asked; onClose: () => void }) {
  const { meetingId, vote, reload } = props;
  const done = () => {
    onClose();
    reload();
  };
  if (asked === "issue") {
    return (
      <NumberSheet
        title={t("step.issue")}
        says={t("issue.says", { most: vote.rule.base_count ?? vote.rule.convened })}
        label={t("figure.issued")}
        value={vote.issued}
        action={t("issue.do")}
        run={(issued) => step(meetingId, vote.id, "issue", { issued })}
        onClose={onClose}
        onDone={done}
      />
    );
  }
  if (asked !== "close") return null;
  return (
    <NumberSheet
      title={t("step.close")}
      says={t("close.says", { issued: vote.issued ?? 0 })}
      label={t("figure.returned")}
      value={null}
      action={t("close.do")}
      run={(returned) => step(meetingId, vote.id, "close", { returned })}
      onClose={onClose}
      onDone={done}
    />
  );
}

function whyNotRound(vote: Vote): string | undefined {
  if (vote.kind === "confidence" || !isOver(vote)) return t("round.early");
  return vote.result?.seats_left ? undefined : t("round.full");
}

interface ToolsProps {
  readonly props: Props;
  readonly annulled: string | undefined;
  readonly onAsk: (asked: Asked) => void;
}

/** What else can be done with it, less prominent. */
function Tools({ props, annulled, onAsk }: ToolsProps) {
  const { vote, reason } = props;
  if (vote.state === "draft") {
    return (
      <>
        <Button icon="pen" hint="S" reason={reason} reasonHidden onPress={() => onAsk("edit")}>
          {t("vote.edit")}
        </Button>
        <Button kind="quiet" icon="trash" reason={reason} reasonHidden onPress={() => askDelete(props)}>
          {t("delete.title")}
        </Button>
      </>
    );
  }
  return (
    <>
      {UNDER_WAY.includes(vote.state) && (
        <Button icon="screen" hint="W" reason={reason} reasonHidden onPress={() => showProgress(props)}>
          {t("wall.show")}
        </Button>
      )}
      {isEntering(vote) && (
        <Button reason={reason} reasonHidden onPress={() => onAsk("issue")}>
          {t("issue.again", { n: vote.issued ?? 0 })}
        </Button>
      )}
      <Button kind="quiet" icon="cross" reason={annulled} reasonHidden onPress={() => askAnnul(props)}>
        {t("annul.do")}
      </Button>
    </>
  );
}

const UNDER_WAY = ["printed", "issued", "counting", "compared", "closed"];

/** On the wall: that there is a vote and how far it is; no result before it is published. */
const showProgress = (props: Props) => act(showOnWall(props.meetingId, "paper"), () => t("wall.shown"));

const isEntering = (vote: Vote) => vote.state === "issued" || vote.state === "counting";

function Round({ props, reason }: { readonly props: Props; readonly reason: string | undefined }) {
  if (!isOver(props.vote) || props.vote.kind === "confidence") return null;
  return (
    <Button size="large" hint="L" reason={reason} onPress={() => secondRound(props)}>
      {t("round.do")}
    </Button>
  );
}

function useStepKeys(
  props: Props,
  why: string | undefined,
  annulled: string | undefined,
  setAsked: (asked: Asked) => void,
) {
  const { vote, reason } = props;
  const name = nextStep(vote);
  const keys: Record<string, KeyAction> = {};
  if (name) keys.b = { label: t(`step.${name}`), run: () => begin(props, name, setAsked), reason: why };
  if (vote.state === "draft") {
    keys.s = { label: t("vote.edit"), run: () => setAsked("edit"), reason };
    keys["Shift+D"] = { label: t("delete.title"), run: () => askDelete(props), reason };
  } else keys["Shift+H"] = { label: t("annul.do"), run: () => askAnnul(props), reason: annulled };
  if (UNDER_WAY.includes(vote.state)) keys.w = { label: t("wall.show"), run: () => void showProgress(props), reason };
  if (isOver(vote)) keys.l = { label: t("round.do"), run: () => void secondRound(props), reason: whyNotRound(vote) };
  useKeys(keys, { title: vote.title });
}

/** See the top of this file. */
export function NextStep(props: Props) {
  const { vote, reload } = props;
  const [asked, setAsked] = useState<Asked>();
  const name = nextStep(vote);
  const problem = vote.problems[0] && said(vote.problems[0]);
  const why = props.reason ?? whyNotStep(vote, props, problem);
  const annulled = props.reason ?? (vote.state === "annulled" ? t("annul.already") : undefined);
  useStepKeys(props, why, annulled, setAsked);
  return (
    <div class="pv-step">
      {vote.state === "annulled" && <p class="pv-bad">{t("annul.is", { reason: vote.annulled_reason })}</p>}
      {vote.state === "compared" && !why && <p class="help">{t("close.ready")}</p>}
      <div class="buttons">
        {name && (
          <Button
            kind={why || name === "show" ? "normal" : "primary"}
            size="large"
            hint="B"
            reason={why}
            onPress={() => begin(props, name, setAsked)}
          >
            {t(`step.${name}`)}
          </Button>
        )}
        <Round props={props} reason={props.reason ?? whyNotRound(vote)} />
        <Tools props={props} annulled={annulled} onAsk={setAsked} />
      </div>
      {vote.problems.slice(1).map((one) => (
        <p key={one.code} class="pv-bad">
          {said(one)}
        </p>
      ))}
      <Numbers props={props} asked={asked} onClose={() => setAsked(undefined)} />
      {asked === "edit" && (
        <VoteSheet
          meetingId={props.meetingId}
          vote={vote}
          onClose={() => {
            setAsked(undefined);
            reload();
          }}
        />
      )}
    </div>
  );
}

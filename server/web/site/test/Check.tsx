/** The test as its technician sees it: a list of steps that fills, then questions, then the result is sent. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";
import {
  type Answers,
  bodyOf,
  finish,
  measured,
  picture,
  QUESTIONS,
  type Question,
  running,
  STEPS,
  stop,
} from "./flow.ts";
import { type EchoFigures, measureEcho } from "./listen.ts";
import { playTone, Room } from "./room.ts";

const MARKS = { waiting: "○", running: "▸", done: "✓", failed: "✕" } as const;

function Steps() {
  const run = running.value;
  if (run === undefined) return null;
  return (
    <ol class="site-steps">
      {STEPS.map((step) => {
        const state = run.steps[step];
        return (
          <li key={step} data-state={state} aria-current={state === "running" ? "step" : undefined}>
            <span aria-hidden="true">{MARKS[state]}</span>
            <span>{t(`step.${step}`)}</span>
            <em>{t(`state.${state}`)}</em>
          </li>
        );
      })}
    </ol>
  );
}

/** A stream in a picture; muted: the tone of a rehearsal is played where somebody asks for it. */
function Picture({ stream, label, muted }: { stream: MediaStream | undefined; label: string; muted: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream ?? null;
  }, [stream]);
  if (stream === undefined) return null;
  return <video class="site-picture" ref={video} autoplay playsInline muted={muted} aria-label={label} />;
}

function YesNo({ question, answers, say }: { question: Question; answers: Answers; say: (yes: boolean) => void }) {
  return (
    <fieldset class="site-question">
      <legend>{t(`ask.${question}`)}</legend>
      <Button pressed={answers[question] === true} onPress={() => say(true)}>
        {t("answer.yes")}
      </Button>
      <Button pressed={answers[question] === false} onPress={() => say(false)}>
        {t("answer.no")}
      </Button>
    </fieldset>
  );
}

function Level({ room }: { room: Room }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLevel(room.level()), 100);
    return () => clearInterval(timer);
  }, [room]);
  return (
    <div class="site-level">
      <span>{t("room.level")}</span>
      <meter min={0} max={100} value={level} aria-label={t("room.level")} />
    </div>
  );
}

function useRoom() {
  const [room, setRoom] = useState<Room>();
  const [why, setWhy] = useState<string>();
  useEffect(() => () => room?.close(), [room]);
  const open = async () => {
    if (navigator.mediaDevices === undefined) return setWhy(t("room.insecure"));
    try {
      setRoom(await Room.open());
      setWhy(undefined);
    } catch {
      setWhy(t("room.denied"));
    }
  };
  return { room, why, open };
}

interface EchoTest {
  readonly runs: boolean;
  readonly found: EchoFigures | undefined;
  readonly failed: boolean;
  readonly measure: () => Promise<void>;
}

function useEcho(): EchoTest {
  const [runs, setRuns] = useState(false);
  const [found, setFound] = useState<EchoFigures>();
  const [failed, setFailed] = useState(false);
  const measure = async () => {
    setRuns(true);
    setFailed(false);
    try {
      setFound(await measureEcho());
    } catch {
      setFailed(true); // no microphone: the question stays
    }
    setRuns(false);
  };
  return { runs, found, failed, measure };
}

function EchoWords({ echo: { runs, found, failed } }: { echo: EchoTest }) {
  if (runs) return <p role="status">{t("echo.runs")}</p>;
  if (failed) return <p role="alert">{t("echo.failed")}</p>;
  if (found === undefined) return null;
  if (!found.echo_heard) return <p role="alert">{t("echo.nothing")}</p>;
  const { echo_ms: ms, echo_raw_db: raw, echo_loss_db: left } = found;
  return <p role="status">{t("echo.found", { ms: ms ?? 0, raw: raw ?? 0, left: left ?? 0 })}</p>;
}

function Questions({ meeting, technician, phone, done }: CheckProps) {
  const [answers, setAnswers] = useState<Answers>({});
  const [failover, setFailover] = useState("");
  const [ups, setUps] = useState("");
  const [name, setName] = useState(technician);
  const [number, setNumber] = useState(phone);
  const echo = useEcho();
  const [problem, setProblem] = useState<Problem>();
  const { room, why, open } = useRoom();
  const say = (question: Question) => (yes: boolean) => setAnswers((before) => ({ ...before, [question]: yes }));
  const sendIt = async () => {
    const found = measured.peek();
    if (found === undefined) return;
    const said = { answers, echo: echo.found, failover, ups, name, phone: number };
    try {
      await finish(meeting, bodyOf(found, said, live.now() - Date.now(), navigator.userAgent));
      done();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <div class="site-questions">
      <div class="site-tools">
        <Button icon="bell" onPress={playTone}>
          {t("room.tone")}
        </Button>
        {room === undefined && <Button onPress={open}>{t("room.open")}</Button>}
        {room !== undefined && (
          <Button onPress={echo.measure} reason={echo.runs ? t("echo.runs") : undefined}>
            {t("room.echo")}
          </Button>
        )}
      </div>
      {why !== undefined && <p role="alert">{why}</p>}
      {room !== undefined && (
        <div class="site-room">
          <Picture stream={room.stream} label={t("room.preview")} muted />
          <Level room={room} />
        </div>
      )}
      <EchoWords echo={echo} />
      {QUESTIONS.filter((one) => one !== "echo" || echo.found === undefined).map((question) => (
        <YesNo key={question} question={question} answers={answers} say={say(question)} />
      ))}
      <div class="site-fields">
        <TextField
          label={t("ask.failover_s")}
          value={failover}
          onValue={setFailover}
          input={{ inputMode: "numeric" }}
        />
        <TextField label={t("ask.ups_min")} value={ups} onValue={setUps} input={{ inputMode: "numeric" }} />
        <TextField label={t("ask.name")} value={name} onValue={setName} input={{ maxLength: 120 }} />
        <TextField label={t("ask.phone")} value={number} onValue={setNumber} input={{ type: "tel", maxLength: 40 }} />
      </div>
      {Object.keys(answers).length < QUESTIONS.length && <p class="site-hint">{t("test.incomplete")}</p>}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <Button kind="primary" size="large" onPress={sendIt}>
        {t("test.send")}
      </Button>
    </div>
  );
}

export interface CheckProps {
  readonly meeting: number;
  /** Who was named last: most often it is the same person. */
  readonly technician: string;
  readonly phone: string;
  /** The result was sent. */
  readonly done: () => void;
}

/** See the top of this file. */
export function Check(props: CheckProps) {
  const run = running.value;
  if (run === undefined) return null;
  const room = run.steps.room === "running";
  return (
    <section class="site-check">
      <h2>{t("test.title")}</h2>
      <Steps />
      {run.place > 0 && <p role="status">{t("turn.place", { place: run.place })}</p>}
      {run.problem !== undefined && <ProblemNotice problem={run.problem} />}
      {!room && <Picture stream={picture.value} label={t("test.picture")} muted />}
      {room && <Questions {...props} />}
      <Button kind="quiet" onPress={stop}>
        {t("test.stop")}
      </Button>
    </section>
  );
}

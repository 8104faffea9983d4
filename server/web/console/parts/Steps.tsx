/** Life cycle of a meeting: the next steps, what each lacks, and what it brings, in words. */

import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import { useLoad } from "@common/useLoad.ts";
import { meetingSteps, takeStep } from "../calls/meetings.ts";
import { formatClock, language, t, word } from "../i18n/index.ts";
import type { Header, Step } from "../shapes.ts";
import { ask } from "./Ask.tsx";
import { act } from "./act.ts";

/** The verb of a step: "Khai mạc", or "Họp tiếp" after a pause. */
export function stepName(to: string, from: string | undefined): string {
  if (to === "in_session" && from === "paused") return t("steps.to.in_session.again");
  return word("steps.to", to);
}

const KEYS: Readonly<Record<string, string>> = { convened: "t", in_session: "k", paused: "n", closed: "c" };

interface Words {
  readonly text: string;
  readonly text_en: string;
}

const say = (words: Words) => (language.value === "en" ? words.text_en : words.text);

function consequence(step: Step): string {
  return language.value === "en" ? step.consequence_en : step.consequence;
}

/** Ask for a step; with a warning the confirmation says it too. */
export function askStep(meeting: number, step: Step, from: string | undefined, after: () => void): void {
  const name = stepName(step.to, from);
  const warned = step.warnings.length > 0;
  const withoutQuorum = warned && step.to === "in_session";
  ask({
    title: t("steps.confirm", { step: name }),
    says: [consequence(step)],
    warning: warned ? step.warnings.map(say).join(" ") : undefined,
    action: withoutQuorum ? t("steps.withoutQuorum") : name,
    key: KEYS[step.to] ?? "y",
    danger: step.to === "closed",
    run: async () => {
      await act(takeStep(meeting, step.to, withoutQuorum), () => t("steps.done", { state: word("state", step.to) }));
      after();
    },
  });
}

interface StepsProps {
  readonly meetingId: number;
  readonly header: Header | undefined;
  /** Why this account may not take a step. */
  readonly reason?: string | undefined;
  /** Called before the question is put (a dialog closes itself). */
  readonly onAsk?: () => void;
  /** In a dialog: 1, 2 … choose a step. */
  readonly numbered?: boolean;
}

/** Keys of the steps, above those of the dialog they stand in. */
function StepKeys({
  steps,
  from,
  onStep,
}: {
  steps: readonly Step[];
  from: string | undefined;
  onStep: (step: Step) => void;
}) {
  const keys = steps.map((step, index) => [
    String(index + 1),
    {
      label: stepName(step.to, from),
      run: () => onStep(step),
      reason: step.allowed ? undefined : t("steps.why"),
    },
  ]);
  useKeys(Object.fromEntries(keys), { title: t("steps.open") });
  return null;
}

/** See the top of this file. */
export function Steps({ meetingId, header, reason, onAsk, numbered = false }: StepsProps) {
  const { data, problem, reload } = useLoad(() => meetingSteps(meetingId), [meetingId, header?.state]);
  const start = (step: Step) => {
    onAsk?.();
    askStep(meetingId, step, header?.state, reload);
  };
  if (problem) return <ProblemNotice problem={problem} />;
  return (
    <div class="steps">
      {numbered && data && reason === undefined && <StepKeys steps={data.steps} from={header?.state} onStep={start} />}
      {header && (
        <p>{t("steps.now", { state: word("state", header.state), time: formatClock(header.state_since_ms) })}</p>
      )}
      {data === undefined && <p class="empty">{t("app.loading")}</p>}
      {data?.steps.length === 0 && <p class="empty">{t("steps.none")}</p>}
      {data?.steps.map((step, index) => (
        <article key={step.to} class="step">
          <h2>{stepName(step.to, header?.state)}</h2>
          <p>{consequence(step)}</p>
          {step.missing.length > 0 && (
            <ul class="step-missing" aria-label={t("steps.missing")}>
              {step.missing.map((one) => (
                <li key={one.code}>{say(one)}</li>
              ))}
            </ul>
          )}
          {step.warnings.map((one) => (
            <p key={one.code} class="ask-warning">
              {say(one)}
            </p>
          ))}
          <Button
            kind={step.to === "closed" ? "danger" : "primary"}
            reason={reason ?? (step.allowed ? undefined : t("steps.why"))}
            onPress={() => start(step)}
            {...(numbered ? { hint: String(index + 1) } : {})}
          >
            {stepName(step.to, header?.state)}
          </Button>
        </article>
      ))}
    </div>
  );
}

/** The ballot: everything else leaves the screen. Two touches cast it; the receipt stays. */

import { Button } from "@common/components/Button.tsx";
import { useServerTime } from "@common/components/Clock.tsx";
import { formatCountdown } from "@common/i18n/index.ts";
import type { PollView } from "@common/types.gen.ts";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { ruleText } from "../i18n/rule.ts";
import { Result } from "./Result.tsx";
import { Cannot, Change, Checking, Choose, Confirm, Ended, Receipt, Sending } from "./Stages.tsx";
import { mayLeave, type Stage } from "./stage.ts";
import { putAside } from "./state.ts";
import "./ballot.css";

/** "còn 00:43"; in red for the last ten seconds. */
export function TimeLeft({ poll }: { readonly poll: PollView }) {
  const now = useServerTime();
  if (poll.deadline_ms === null || poll.state !== "open") return null;
  const left = poll.deadline_ms - now;
  const text = left > 0 ? t("ballot.left", { time: formatCountdown(left) }) : t("ballot.time-up");
  return (
    <span class={left <= 10_000 ? "ballot-time ballot-time-short" : "ballot-time"} role="timer">
      {text}
    </span>
  );
}

function heading(stage: Stage): string {
  if (stage.kind === "result") return t("ballot.result");
  return stage.kind === "ended" ? t("ballot.ended") : t("ballot.title");
}

function Body({ stage }: { readonly stage: Stage }): ComponentChildren {
  switch (stage.kind) {
    case "choose":
      return <Choose poll={stage.poll} />;
    case "confirm":
      return <Confirm poll={stage.poll} choice={stage.choice} />;
    case "sending":
      return <Sending poll={stage.poll} state={stage.state} />;
    case "receipt":
      return <Receipt ballot={stage.ballot} />;
    case "cannot":
      return <Cannot me={stage.me} />;
    case "ended":
      return <Ended poll={stage.poll} ballot={stage.ballot} />;
    case "result":
      return <Result poll={stage.poll} ballot={stage.ballot} />;
    case "checking":
      return <Checking />;
    case "none":
      return null;
  }
}

/** The whole screen of a poll. */
export function Ballot({ stage, line }: { readonly stage: Stage; readonly line: ComponentChildren }) {
  useEffect(() => {
    document.querySelector<HTMLElement>(".ballot h1")?.focus();
  }, [stage.kind]);
  if (stage.kind === "none") return null;
  const { poll } = stage;
  return (
    <main class="ballot" data-stage={stage.kind} aria-live="polite">
      <header class="ballot-head">
        <h1 tabIndex={-1}>{heading(stage)}</h1>
        {stage.kind !== "sending" && line}
        <TimeLeft poll={poll} />
      </header>
      <div class="ballot-motion">
        <h2>{poll.title}</h2>
        {poll.motion !== "" && poll.motion !== poll.title && stage.kind !== "result" && <p>{poll.motion}</p>}
        {stage.kind !== "result" && <p class="ballot-rule">{ruleText(poll.rule)}</p>}
      </div>
      <div class="ballot-act">
        <Body key={stage.kind} stage={stage} />
      </div>
      {mayLeave(stage) && (
        <footer class="ballot-foot">
          {stage.kind === "receipt" && <Change poll={poll} />}
          <Button icon="document" size="large" onPress={() => putAside(stage)}>
            {t("ballot.away")}
          </Button>
        </footer>
      )}
    </main>
  );
}

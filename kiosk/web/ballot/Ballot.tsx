/** The ballot: everything else leaves the screen. Two touches cast it; the receipt stays. */

import { Button } from "@common/components/Button.tsx";
import { useServerTime } from "@common/components/Clock.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { formatCountdown } from "@common/i18n/index.ts";
import type { PollView } from "@common/types.gen.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { changeText, lessText, namedText, ruleText } from "../i18n/rule.ts";
import { isLong } from "./draft.ts";
import { RuleSheet } from "./later.ts";
import { ReserveButton } from "./Reserve.tsx";
import { Result } from "./Result.tsx";
import { Annulled, Cannot, Change, Checking, Choose, Confirm, Ended, Receipt, Sending } from "./Stages.tsx";
import { mayLeave, type Stage } from "./stage.ts";
import { putAside } from "./state.ts";
import "./ballot.css";
import "./ballot-long.css";

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

/** "Biểu quyết 2/5" within a batch; what has come of it otherwise. */
function heading({ kind, poll }: Exclude<Stage, { kind: "none" }>): string {
  if (kind === "result") return t("ballot.result");
  if (kind === "annulled") return t("ballot.annulled");
  if (kind === "ended") return t("ballot.ended");
  const { batch } = poll;
  return batch === null ? t("ballot.title") : t("ballot.batch", { place: batch.place, size: batch.size });
}

function Body({ stage }: { readonly stage: Stage }): ComponentChildren {
  switch (stage.kind) {
    case "choose":
      return <Choose poll={stage.poll} />;
    case "confirm":
      return <Confirm poll={stage.poll} marks={stage.draft} />;
    case "sending":
      return <Sending poll={stage.poll} state={stage.state} />;
    case "receipt":
      return <Receipt poll={stage.poll} ballot={stage.ballot} />;
    case "cannot":
      return <Cannot me={stage.me} />;
    case "ended":
      return <Ended poll={stage.poll} ballot={stage.ballot} />;
    case "result":
      return <Result poll={stage.poll} />;
    case "annulled":
      return <Annulled poll={stage.poll} />;
    case "checking":
      return <Checking />;
    case "none":
      return null;
  }
}

/** The rule in one line, which opens the whole of it, and how the ballot is treated. */
function Facts({ poll }: { readonly poll: PollView }) {
  const [open, setOpen] = useState(false);
  const less = isLong(poll) ? undefined : lessText(poll.rule); // a list needs the room; the whole rule is a touch away
  const rule = [ruleText(poll.rule, poll.kind), less].filter(Boolean).join(", ");
  return (
    <>
      <button type="button" class="ballot-rule ballot-rule-button" onClick={() => setOpen(true)}>
        <Icon name="info" label={t("rule.open")} />
        <span>
          <span class="ballot-rule-text">{rule}</span>
          <small>{`${namedText(poll.named)} · ${changeText(poll.changeable)}`}</small>
        </span>
      </button>
      {open && <RuleSheet poll={poll} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The whole screen of a poll. */
export function Ballot({ stage, line }: { readonly stage: Stage; readonly line: ComponentChildren }) {
  useEffect(() => {
    document.querySelector<HTMLElement>(".ballot h1")?.focus();
  }, [stage.kind]);
  if (stage.kind === "none") return null;
  const { poll } = stage;
  const over = stage.kind === "result" || stage.kind === "annulled";
  return (
    <main class={isLong(poll) ? "ballot ballot-long" : "ballot"} data-stage={stage.kind} aria-live="polite">
      <header class="ballot-head">
        <h1 tabIndex={-1}>{heading(stage)}</h1>
        {stage.kind !== "sending" && line}
        <TimeLeft poll={poll} />
      </header>
      <div class="ballot-motion">
        <h2>{poll.title}</h2>
        {poll.motion !== "" && poll.motion !== poll.title && !over && !isLong(poll) && <p>{poll.motion}</p>}
        {!over && !(isLong(poll) && stage.kind === "receipt") && <Facts poll={poll} />}
      </div>
      <div class="ballot-act">
        <Body key={stage.kind} stage={stage} />
      </div>
      {mayLeave(stage) && (
        <footer class="ballot-foot">
          {stage.kind === "receipt" && <Change poll={poll} ballot={stage.ballot} />}
          {"ballot" in stage && <ReserveButton poll={poll} ballot={stage.ballot} />}
          <Button icon="document" size="large" onPress={() => putAside(stage)}>
            {t("ballot.away")}
          </Button>
        </footer>
      )}
    </main>
  );
}

/** From an empty seat to a delegate: the meeting, the name, the PIN. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Clock } from "@common/components/Clock.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { ThemeSwitch } from "@common/components/ThemeSwitch.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { t as common } from "@common/i18n/index.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { asked, askFor, sitter } from "../who.ts";
import { Choose } from "./Choose.tsx";
import { type JoinMeeting, type JoinPerson, lookUp } from "./calls.ts";
import { JoinCode } from "./JoinCode.tsx";
import { Pin } from "./Pin.tsx";
import "./sign-in.css";

const AGAIN_MS = 3_000;

interface Found {
  readonly meeting: JoinMeeting | undefined;
  readonly problem: Problem | undefined;
}

/** The meeting of a code; asked again by itself while the server is away. */
function useMeetingOf(code: string | undefined): Found {
  const [found, setFound] = useState<Found & { readonly code: string | undefined }>();
  useEffect(() => {
    if (code === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async () => {
      try {
        const meeting = await lookUp(code);
        if (!over) setFound({ meeting, problem: undefined, code });
      } catch (error) {
        if (over) return;
        const problem = asProblem(error);
        setFound({ meeting: undefined, problem, code });
        if (problem.status === 0 || problem.status >= 429) timer = setTimeout(ask, AGAIN_MS);
      }
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [code]);
  return found?.code === code && found !== undefined ? found : { meeting: undefined, problem: undefined };
}

/** The frame of every step. */
function Step({ title, children }: { readonly title: string | undefined; readonly children: ComponentChildren }) {
  return (
    <div class="sign-in">
      <header class="sign-in-bar">
        <Clock />
        <span class="sign-in-title">{title ?? t("title")}</span>
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      {children}
    </div>
  );
}

/** The step that is next. */
export function SignIn() {
  const { joinCode, invitation } = asked.value;
  const { meeting, problem } = useMeetingOf(invitation === undefined ? joinCode : undefined);
  const [person, setPerson] = useState<JoinPerson>();
  const before = sitter.value;
  if (invitation !== undefined) {
    return (
      <Step title={undefined}>
        <Pin asked={asked.value} person={undefined} hint={t("pin.invitation")} onBack={() => askFor(joinCode)} />
      </Step>
    );
  }
  if (before?.joinCode !== undefined && person === undefined && before.joinCode === joinCode) {
    const who = { id: before.participantId, name: before.name, unit: "", seat: null };
    return (
      <Step title={meeting?.title}>
        <Pin asked={asked.value} person={who} hint={t("pin.again")} onBack={() => leaveSeat()} />
      </Step>
    );
  }
  if (joinCode === undefined) {
    return (
      <Step title={undefined}>
        <JoinCode problem={undefined} />
      </Step>
    );
  }
  if (meeting === undefined) return <Looking problem={problem} />;
  return (
    <Step title={meeting.title}>
      {person ? (
        <Pin asked={asked.value} person={person} onBack={() => setPerson(undefined)} />
      ) : (
        <Choose meeting={meeting} onPerson={setPerson} />
      )}
    </Step>
  );
}

function leaveSeat(): void {
  sitter.value = undefined;
}

function Looking({ problem }: { readonly problem: Problem | undefined }) {
  const away = problem !== undefined && (problem.status === 0 || problem.status >= 429);
  return (
    <Step title={undefined}>
      {problem !== undefined && !away ? (
        <JoinCode problem={problem} />
      ) : (
        <main class="sign-in-wait">
          <p role="status">{t("join.looking")}</p>
          {problem && <ProblemNotice problem={problem} />}
          {problem && <Button onPress={() => askFor(undefined)}>{common("action.back")}</Button>}
        </main>
      )}
    </Step>
  );
}

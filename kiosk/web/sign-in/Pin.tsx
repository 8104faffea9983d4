/** The last step: six digits. */

import { asProblem, type Problem, problemText } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { PinPad } from "@common/components/PinPad.tsx";
import { useKeys } from "@common/keys.ts";
import { useState } from "preact/hooks";
import { retryAll } from "../ballot/state.ts";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";
import { type Asked, sitDown, sitter } from "../who.ts";
import { enter, type JoinPerson } from "./calls.ts";

const DIGITS = 6;

export interface PinProps {
  readonly asked: Asked;
  /** Who was chosen; undefined with an invitation, which says it itself. */
  readonly person: JoinPerson | undefined;
  readonly hint?: string;
  readonly onBack: () => void;
}

/** See PinProps. */
export function Pin({ asked, person, hint, onBack }: PinProps) {
  const [pin, setPin] = useState("");
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  useKeys({ Escape: { label: t("pin.not-me"), run: onBack } });

  const check = async (complete: string) => {
    setChecking(true);
    setProblem(undefined);
    try {
      const { meeting_id, participant_id } = await enter(asked, person?.id, complete);
      const same = sitter.peek()?.participantId === participant_id;
      sitDown({
        meetingId: meeting_id,
        participantId: participant_id,
        joinCode: asked.joinCode,
        name: person?.name ?? "",
      });
      live.reconnect(!same);
      if (same) retryAll();
    } catch (error) {
      setProblem(asProblem(error));
      setPin("");
    } finally {
      setChecking(false);
    }
  };

  return (
    <main class="sign-in-two">
      <section class="sign-in-left">
        {hint && <p class="sign-in-hint">{hint}</p>}
        {person && (
          <div class="sign-in-who">
            <strong>{person.name}</strong>
            <span>
              {[person.seat && t("choose.seat", { seat: person.seat }), person.unit].filter(Boolean).join(" · ")}
            </span>
          </div>
        )}
        <h1>{t("pin.title")}</h1>
        <p role="status" class={problem ? "sign-in-bad" : ""}>
          {checking ? t("pin.checking") : problem ? sentence(problem) : t("pin.help")}
        </p>
        <Button icon="left" size="large" onPress={onBack}>
          {t("pin.not-me")}
        </Button>
      </section>
      <PinPad
        value={pin}
        length={DIGITS}
        onValue={(value) => {
          setPin(value);
          if (value !== "") setProblem(undefined);
        }}
        onComplete={(value) => void check(value)}
      />
    </main>
  );
}

function sentence(problem: Problem): string {
  const { detail, next } = problemText(problem);
  return `${detail} ${next}`;
}

/** The wall: header and one scene; without a meeting, what it waits for, in words. */

import { problemText } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Clock } from "@common/components/Clock.tsx";
import { pair, refusal, waiting } from "./device.ts";
import { t } from "./i18n/index.ts";
import { meetingId } from "./live.ts";
import "./wall.css";
import { Away } from "./parts/Away.tsx";
import { Stage } from "./Stage.tsx";

/** See above. */
export function App() {
  document.title = t("title");
  const state = waiting.value;
  if (state === "paired") return <Pairing />;
  if (meetingId.value !== undefined) return <Stage />;
  return (
    <div class="wall">
      <main class="plain">
        <p class="plain-clock">
          <Clock />
        </p>
        <h1>{state === "meeting" ? t("wait.title") : state === "pairing" ? t("enrol.working") : t("wait.opening")}</h1>
        {state === "meeting" && <p>{t("wait.body")}</p>}
      </main>
      <Away />
    </div>
  );
}

/** A code typed here is as good as one in the address. */
function typed(event: SubmitEvent): void {
  event.preventDefault();
  const code = new FormData(event.currentTarget as HTMLFormElement).get("code");
  if (typeof code === "string" && code.trim() !== "") void pair(code.trim());
}

function Pairing() {
  const problem = refusal.value && problemText(refusal.value);
  return (
    <div class="wall">
      <main class="plain">
        <h1>{problem ? t("enrol.refused") : t("enrol.title")}</h1>
        {problem && <p class="plain-problem">{`${problem.detail} ${problem.next}`}</p>}
        <ol class="plain-steps">
          <li>{t("enrol.step1")}</li>
          <li>{t("enrol.step2", { address: `${location.origin}/wall/?code=…` })}</li>
          <li>{t("enrol.step3")}</li>
        </ol>
        <form class="plain-form" onSubmit={typed}>
          <input
            name="code"
            aria-label={t("enrol.code")}
            placeholder={t("enrol.code")}
            maxLength={20}
            autocomplete="off"
          />
          <Button kind="primary" type="submit">
            {t("enrol.go")}
          </Button>
        </form>
      </main>
    </div>
  );
}

/** Before scanning: signing in, and which meeting this door is for. */

import { asProblem, problemText } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { t as common } from "@common/i18n/index.ts";
import { useEffect, useState } from "preact/hooks";
import { t } from "./i18n/index.ts";
import { live } from "./live.ts";
import { choices, findMeetings, meeting } from "./state.ts";

/** How to sign this door in. */
export function SignedOut() {
  return (
    <section class="door-gate">
      <h2>{t("signIn.needed")}</h2>
      <p>{t("signIn.how")}</p>
      <a class="door-link" href="/sign-in/?surface=door&next=/door/">
        {common("action.signIn")}
      </a>
    </section>
  );
}

/** The choice of a meeting; asked again whenever the line comes back. */
export function ChooseMeeting() {
  const [problem, setProblem] = useState<string>();
  const status = live.line.value.status;
  useEffect(() => {
    if (status !== "online") return;
    findMeetings()
      .then(() => setProblem(undefined))
      .catch((error) => setProblem(problemText(asProblem(error)).detail));
  }, [status]);
  return (
    <section class="door-gate">
      <h2>{t("meeting.choose")}</h2>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {choices.value === undefined && problem === undefined && <p>{t("meeting.waiting")}</p>}
      {choices.value?.length === 0 && <p>{t("meeting.none")}</p>}
      {choices.value?.map((one) => (
        <Button
          key={one.id}
          size="large"
          wide
          onPress={() => {
            meeting.value = one;
          }}
        >
          {one.title}
        </Button>
      ))}
      {choices.value?.length === 0 && (
        <Button icon="again" onPress={() => findMeetings()}>
          {common("action.retry")}
        </Button>
      )}
    </section>
  );
}

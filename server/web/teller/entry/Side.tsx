/** Beside the names: which ballot, what it says so far, how far the station is, and whether everything was sent. */

import { problemText } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { formatClock, formatNumber } from "@common/i18n/index.ts";
import { t, word } from "../i18n/index.ts";
import type { Draft } from "./ballot.ts";
import { BUNDLE, placeOf } from "./layout.ts";
import { countOf, type Form, OPEN } from "./marks.ts";
import type { Entered, StationWork } from "./station.ts";
import { whyInvalid } from "./words.ts";

const LAST = 4;

/** The letters that are counted beside the names, by kind. */
const COUNTED: Readonly<Record<Form["kind"], string>> = {
  election_surplus: "ks",
  election_no_surplus: "fabn?",
  confidence: "hplmn?",
};

function Counts({ form, draft }: { readonly form: Form; readonly draft: Draft }) {
  const main = form.kind === "election_surplus" ? "k" : form.kind === "election_no_surplus" ? "f" : undefined;
  const kept = main && countOf(form, draft.marks, main);
  const over = kept !== undefined && kept > form.seats;
  const rest = Array.from(COUNTED[form.kind]).filter(
    (letter) => letter !== main && (letter !== OPEN || draft.marks.includes(OPEN)),
  );
  return (
    <div class="counts">
      {main && kept !== undefined && (
        <p class={over || kept === 0 ? "count-main count-over" : "count-main"}>
          <small>{word("count", main)}</small>
          <strong class="tabular">{`${kept}/${form.seats}`}</strong>
        </p>
      )}
      <dl class="count-rest">
        {rest.map((letter) => (
          <div key={letter}>
            <dt>{word("count", letter)}</dt>
            <dd class="tabular">{countOf(form, draft.marks, letter)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Sending({ work }: { readonly work: StationWork }) {
  const { waiting, since, problem, refused } = work.sending.value;
  if (refused && problem) {
    const { detail, next } = problemText(problem);
    return (
      <div class="sending sending-bad" role="alert">
        <strong>{t("sending.refused", { n: waiting })}</strong>
        <span>{`${detail} ${next}`}</span>
        <div class="buttons">
          <Button onPress={() => work.retry()}>{t("action.retry")}</Button>
          {problem.status === 403 && (
            <Button kind="danger" onPress={() => work.drop()}>
              {t("sending.drop")}
            </Button>
          )}
        </div>
      </div>
    );
  }
  if (since !== undefined) {
    return (
      <p class="sending sending-wait" role="status">
        <strong>{t("sending.waiting", { n: waiting })}</strong>
        <small>{t("sending.kept", { time: formatClock(since) })}</small>
      </p>
    );
  }
  return (
    <p class="sending" role="status">
      {waiting > 0 ? t("sending.now", { n: waiting }) : t("sending.all")}
    </p>
  );
}

function outcome(form: Form, one: Entered): string {
  const why = one.judged === undefined ? whyInvalid(form, one) : one.judged;
  return why ? word("invalid.short", why) : t("ballot.valid");
}

function Latest({ form, entered }: { readonly form: Form; readonly entered: ReadonlyMap<number, Entered> }) {
  const last = [...entered].sort((a, b) => b[0] - a[0]).slice(0, LAST);
  if (last.length === 0) return <p class="empty">{t("entry.none")}</p>;
  return (
    <ul class="latest" aria-label={t("entry.latest")}>
      {last.map(([number, one]) => (
        <li key={number}>
          <strong class="tabular">{number}</strong> {outcome(form, one)}
        </li>
      ))}
    </ul>
  );
}

interface Props {
  readonly work: StationWork;
  readonly form: Form;
  readonly draft: Draft;
  readonly issued: number;
}

/** See the top of this file. */
export function Side({ work, form, draft, issued }: Props) {
  const { bundle, place } = placeOf(draft.number);
  const entered = work.entered.value;
  return (
    <aside class="side">
      <div class={draft.replaces ? "ballot-number ballot-again" : "ballot-number"}>
        <small>{draft.replaces ? t("ballot.again") : t("ballot.number")}</small>
        <strong class="tabular">{formatNumber(draft.number)}</strong>
        <small>{t("ballot.bundle", { bundle, place, of: BUNDLE })}</small>
      </div>
      {draft.invalid === undefined ? (
        <Counts form={form} draft={draft} />
      ) : (
        <p class="ballot-invalid">{word("invalid", draft.invalid)}</p>
      )}
      <ProgressBar label={t("entry.progress")} done={entered.size} of={issued} />
      <Sending work={work} />
      <Latest form={form} entered={entered} />
    </aside>
  );
}

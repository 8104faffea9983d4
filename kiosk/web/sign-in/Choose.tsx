/** Who sits here: large rows, found by typing without diacritics. */

import { Button } from "@common/components/Button.tsx";
import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { askFor } from "../who.ts";
import type { JoinMeeting, JoinPerson } from "./calls.ts";
import { matches } from "./find.ts";
import { LetterPad } from "./LetterPad.tsx";

export interface ChooseProps {
  readonly meeting: JoinMeeting;
  readonly onPerson: (person: JoinPerson) => void;
}

/** See ChooseProps. */
export function Choose({ meeting, onPerson }: ChooseProps) {
  const [typed, setTyped] = useState("");
  const people = useMemo(() => meeting.participants.filter((person) => matches(person.name, typed)), [meeting, typed]);
  const only = people.length === 1 ? people[0] : undefined;
  return (
    <main class="sign-in-two">
      <section class="sign-in-left">
        <h1>{t("choose.title")}</h1>
        <form
          class="sign-in-search"
          onSubmit={(event) => {
            event.preventDefault();
            if (only) onPerson(only);
          }}
        >
          <input
            aria-label={t("choose.search")}
            placeholder={t("choose.hint")}
            value={typed}
            inputMode="none"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          {typed !== "" && <Button icon="cross" label={t("choose.clear")} onPress={() => setTyped("")} />}
        </form>
        <ul class="people">
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" class="person" onClick={() => onPerson(person)}>
                <strong>{person.name}</strong>
                {person.seat !== null && <span class="person-seat">{person.seat}</span>}
                <small>{person.unit}</small>
              </button>
            </li>
          ))}
        </ul>
        {people.length === 0 && <Nobody typed={typed} />}
      </section>
      <section class="sign-in-right">
        <LetterPad value={typed} onValue={setTyped} />
        <Button onPress={() => askFor(undefined)}>{t("choose.other")}</Button>
      </section>
    </main>
  );
}

function Nobody({ typed }: { readonly typed: string }) {
  return <p role="status">{typed === "" ? t("choose.empty") : t("choose.none", { text: typed })}</p>;
}

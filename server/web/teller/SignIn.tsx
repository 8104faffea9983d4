/** Signing in by keyboard: the meeting's code, one's name typed without diacritics, the PIN. Enter goes on. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import icon from "@common/icon.svg";
import { useKeys } from "@common/keys.ts";
import type { JoinMeeting, JoinPerson } from "@common/types.gen.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { lookUp, signIn } from "./calls.ts";
import { matches } from "./find.ts";
import { t } from "./i18n/index.ts";
import { live } from "./live.ts";
import { cleanCode, firstCode, sitDown, teller } from "./who.ts";
import "./styles/sign-in.css";

const MOST_NAMES = 7;

interface CodeProps {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly onMeeting: (meeting: JoinMeeting) => void;
}

function CodeStep({ code, onCode, onMeeting }: CodeProps) {
  const [problem, setProblem] = useState<Problem>();
  const go = async (event?: Event) => {
    event?.preventDefault();
    if (code === "") return;
    setProblem(undefined);
    try {
      onMeeting(await lookUp(code));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  useEffect(() => void go(), []); // the code of the address or of last time
  return (
    <form class="step" onSubmit={go}>
      <TextField
        label={t("signIn.code")}
        hint={t("signIn.code.help")}
        value={code}
        onValue={(text) => onCode(cleanCode(text))}
        input={{ autofocus: true, maxLength: 12, autocomplete: "off", autocapitalize: "characters" }}
      />
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" kind="primary" size="large" wide reason={code === "" ? t("signIn.code.empty") : undefined}>
        {t("signIn.next")}
      </Button>
    </form>
  );
}

interface NameProps {
  readonly meeting: JoinMeeting;
  readonly onPerson: (person: JoinPerson) => void;
}

function NameStep({ meeting, onPerson }: NameProps) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const found = typed.trim() === "" ? [] : meeting.participants.filter((one) => matches(one.name, typed));
  const shown = found.slice(0, MOST_NAMES);
  const chosen = shown[Math.min(at, shown.length - 1)];
  const go = (event: Event) => {
    event.preventDefault();
    if (chosen) onPerson(chosen);
  };
  const move = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    setAt(Math.min(shown.length - 1, Math.max(0, at + by)));
  };
  return (
    <form class="step" onSubmit={go}>
      <div class="field">
        <label for="name">{t("signIn.name")}</label>
        <input
          ref={input}
          id="name"
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls="names"
          aria-activedescendant={chosen && `name-${chosen.id}`}
          autocomplete="off"
          spellcheck={false}
          maxLength={60}
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={move}
        />
        <small class="field-hint">{t("signIn.name.help")}</small>
      </div>
      <ul id="names" class="names" role="listbox" aria-label={t("signIn.name")}>
        {shown.map((person) => (
          <li
            key={person.id}
            id={`name-${person.id}`}
            role="option"
            aria-selected={person === chosen}
            tabIndex={-1}
            onClick={() => onPerson(person)}
            onKeyDown={() => undefined}
          >
            <strong>{person.name}</strong>
            <small>{[person.unit, person.seat].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
      {typed.trim() !== "" && shown.length === 0 && <p class="empty">{t("signIn.nobody", { text: typed })}</p>}
      {found.length > MOST_NAMES && <p class="empty">{t("signIn.more", { n: found.length - MOST_NAMES })}</p>}
    </form>
  );
}

interface PinProps {
  readonly code: string;
  readonly meeting: JoinMeeting;
  readonly person: JoinPerson;
}

function PinStep({ code, meeting, person }: PinProps) {
  const [pin, setPin] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const ready = /^\d{4,8}$/.test(pin);
  const go = async (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    setProblem(undefined);
    try {
      const { meeting_id, participant_id } = await signIn(code, person.id, pin);
      sitDown({ meetingId: meeting_id, participantId: participant_id, joinCode: code, name: person.name });
      live.reconnect(true);
    } catch (error) {
      setPin("");
      setProblem(asProblem(error));
      input.current?.focus();
    }
  };
  return (
    <form class="step" onSubmit={go}>
      <p class="step-who">
        <strong>{person.name}</strong>
        <small>{meeting.title}</small>
      </p>
      <div class="field">
        <label for="pin">{t("signIn.pin")}</label>
        <input
          ref={input}
          id="pin"
          type="password"
          inputMode="numeric"
          autocomplete="off"
          maxLength={8}
          value={pin}
          onInput={(event) => setPin(event.currentTarget.value.replace(/\D/g, ""))}
        />
        <small class="field-hint">{t("signIn.pin.help")}</small>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" kind="primary" size="large" wide reason={ready ? undefined : t("signIn.pin.short")}>
        {t("action.signIn")}
      </Button>
    </form>
  );
}

/** See the top of this file. */
export function SignIn() {
  const [code, setCode] = useState(firstCode);
  const [meeting, setMeeting] = useState<JoinMeeting>();
  const [person, setPerson] = useState<JoinPerson>();
  const again = teller.value; // the session ran out: the same teller need not be looked for
  const who = person ?? meeting?.participants.find((one) => one.id === again?.participantId);
  const back = () => {
    teller.value = undefined;
    if (person || who) setPerson(undefined);
    else setMeeting(undefined);
  };
  useKeys({ Escape: { label: t("action.back"), run: back, inFields: true } });
  return (
    <div class="sign-in">
      <header>
        <img src={icon} alt="" width="48" height="48" />
        <div>
          <h1>{t("signIn.title")}</h1>
          <p>{meeting ? meeting.title : t("signIn.for")}</p>
        </div>
        <LanguageSwitch />
      </header>
      <main>
        {!meeting && <CodeStep code={code} onCode={setCode} onMeeting={setMeeting} />}
        {meeting && !who && <NameStep meeting={meeting} onPerson={setPerson} />}
        {meeting && who && <PinStep key={who.id} code={code} meeting={meeting} person={who} />}
        {meeting && (
          <Button kind="quiet" icon="undo" hint="Esc" onPress={back}>
            {t("action.back")}
          </Button>
        )}
      </main>
    </div>
  );
}

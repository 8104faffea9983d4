/** Account and password; then one's own password, the first time; then to work. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import icon from "@common/icon.svg";
import type { SignedIn } from "@common/types.gen.ts";
import { useEffect, useState } from "preact/hooks";
import { t } from "./i18n/index.ts";
import { changePassword, presentSession, settle, signIn, signOut, wantedNext, wantedSurface } from "./session.ts";
import "./sign-in.css";

const SHORTEST_PASSWORD = 10; // as server/people/passwords.py

const surface = wantedSurface(location.search);
const next = wantedNext(location.search, location.origin);

interface Person {
  readonly account: string;
  readonly password: string;
}

type Step =
  | { readonly name: "asking" }
  | { readonly name: "already"; readonly session: SignedIn }
  | { readonly name: "changing"; readonly session: SignedIn; readonly person: Person };

async function leave(session: SignedIn, person: Person): Promise<void> {
  const landing = next ?? (surface === "console" ? session.landing : `/${surface}/`);
  location.assign(await settle(person, landing, surface));
}

/** Runs an act; what it throws becomes the form's problem. */
function useProblem(): [Problem | undefined, (act: () => Promise<void>) => Promise<void>] {
  const [problem, setProblem] = useState<Problem>();
  const run = async (act: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return [problem, run];
}

export function App() {
  const [step, setStep] = useState<Step>({ name: "asking" });
  useEffect(() => {
    presentSession().then(
      (session) => setStep({ name: "already", session }),
      () => undefined, // nobody is signed in: the form is already there
    );
  }, []);
  document.title = t("title");
  return (
    <div class="sign-in">
      <header>
        <img src={icon} alt="" width="48" height="48" />
        <div>
          <h1>{t("title.long")}</h1>
          <p>{t(`for.${surface}`)}</p>
        </div>
        <LanguageSwitch />
      </header>
      <main>
        {step.name === "asking" && <SignInForm onStep={setStep} />}
        {step.name === "already" && <Already session={step.session} onStep={setStep} />}
        {step.name === "changing" && <ChangeForm session={step.session} person={step.person} />}
      </main>
      <footer>{t("help")}</footer>
    </div>
  );
}

function SignInForm({ onStep }: { readonly onStep: (step: Step) => void }) {
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, run] = useProblem();
  const empty = account.trim() === "" || password === "";

  const submit = async (event: Event) => {
    event.preventDefault();
    if (empty || busy) return;
    setBusy(true);
    await run(async () => {
      const person = { account: account.trim(), password };
      const session = await signIn(person.account, person.password);
      if (session.must_change_password) onStep({ name: "changing", session, person });
      else await leave(session, person);
    });
    setBusy(false);
  };

  return (
    <form onSubmit={submit}>
      <h2>{t("title")}</h2>
      <TextField
        label={t("account")}
        value={account}
        onValue={setAccount}
        error={fieldText(problem, "account")}
        input={{ name: "account", autocomplete: "username", autocapitalize: "none", maxLength: 60, autofocus: true }}
      />
      <TextField
        label={t("password")}
        value={password}
        onValue={setPassword}
        error={fieldText(problem, "password")}
        input={{
          name: "password",
          type: shown ? "text" : "password",
          autocomplete: "current-password",
          maxLength: 200,
        }}
      />
      <label class="check">
        <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
        {t("password.show")}
      </label>
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" kind="primary" size="large" wide reason={empty ? t("submit.empty") : undefined}>
        {t("submit")}
      </Button>
    </form>
  );
}

interface AlreadyProps {
  readonly session: SignedIn;
  readonly onStep: (step: Step) => void;
}

function Already({ session, onStep }: AlreadyProps) {
  const [problem, run] = useProblem();
  const nobody = { account: "", password: "" };
  const goOn = () => {
    if (session.must_change_password) onStep({ name: "changing", session, person: nobody });
    else location.assign(next ?? (surface === "console" ? session.landing : `/${surface}/`));
  };
  return (
    <div class="already">
      <h2>{t("signedIn.as", { name: session.name })}</h2>
      {problem && <ProblemNotice problem={problem} />}
      <Button kind="primary" size="large" icon="right" wide onPress={goOn}>
        {t("signedIn.continue")}
      </Button>
      <Button
        icon="exit"
        wide
        onPress={() =>
          run(async () => {
            await signOut();
            onStep({ name: "asking" });
          })
        }
      >
        {t("signedIn.leave")}
      </Button>
    </div>
  );
}

interface ChangeFormProps {
  readonly session: SignedIn;
  readonly person: Person;
}

function whyNot(current: string, fresh: string, again: string): string | undefined {
  if (current === "" || fresh === "" || again === "") return t("change.empty");
  if (fresh.length < SHORTEST_PASSWORD) return t("change.short", { n: SHORTEST_PASSWORD });
  return fresh === again ? undefined : t("change.differs");
}

function ChangeForm({ session, person }: ChangeFormProps) {
  const [current, setCurrent] = useState(person.password);
  const [fresh, setFresh] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, run] = useProblem();
  const reason = whyNot(current, fresh, again);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (reason !== undefined || busy) return;
    setBusy(true);
    await run(async () => {
      await changePassword(current, fresh);
      await leave(session, { account: person.account, password: fresh });
    });
    setBusy(false);
  };

  const secret = (autocomplete: "current-password" | "new-password") =>
    ({ type: "password", autocomplete, maxLength: 200 }) as const;
  return (
    <form onSubmit={submit}>
      <h2>{t("change.title")}</h2>
      <p>{t("change.why")}</p>
      {person.password === "" && (
        <TextField
          label={t("change.current")}
          value={current}
          onValue={setCurrent}
          error={fieldText(problem, "current")}
          input={secret("current-password")}
        />
      )}
      <TextField
        label={t("change.new")}
        value={fresh}
        onValue={setFresh}
        hint={t("change.hint", { n: SHORTEST_PASSWORD })}
        error={fieldText(problem, "new")}
        input={{ ...secret("new-password"), name: "new", autofocus: true }}
      />
      <TextField
        label={t("change.again")}
        value={again}
        onValue={setAgain}
        input={{ ...secret("new-password"), name: "again" }}
      />
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" kind="primary" size="large" wide reason={reason}>
        {t("change.submit")}
      </Button>
    </form>
  );
}

/** No meeting known yet: type the code that stands beside the QR on the wall. */

import type { Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { askFor, cleanCode } from "../who.ts";
import { LetterPad } from "./LetterPad.tsx";

const LONGEST = 12;

/** See above. `problem`: why the last code was not taken. */
export function JoinCode({ problem }: { readonly problem: Problem | undefined }) {
  const [code, setCode] = useState("");
  const go = (event: Event) => {
    event.preventDefault();
    if (code !== "") askFor(code);
  };
  return (
    <main class="sign-in-two">
      <form class="sign-in-left" onSubmit={go}>
        <h1>{t("join.title")}</h1>
        <p>{t("join.help")}</p>
        <input
          class="sign-in-code"
          aria-label={t("join.code")}
          value={code}
          maxLength={LONGEST}
          inputMode="none"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setCode(cleanCode(event.currentTarget.value))}
        />
        {problem && code === "" && <ProblemNotice problem={problem} />}
        <Button kind="primary" size="large" type="submit" reason={code === "" ? t("join.short") : undefined}>
          {t("join.go")}
        </Button>
      </form>
      <LetterPad digits value={code} most={LONGEST} onValue={setCode} />
    </main>
  );
}

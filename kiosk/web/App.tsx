/** The surface's frame: clock, line, language; what the meeting shows comes below. */

import { Clock } from "@common/components/Clock.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { ThemeSwitch } from "@common/components/ThemeSwitch.tsx";
import { Notice } from "@common/components/Toast.tsx";
import { t } from "./i18n/index.ts";
import { live } from "./live.ts";
import "./app.css";

export function App() {
  document.title = t("title");
  return (
    <>
      <header class="app-bar">
        <Clock />
        <h1>{t("title")}</h1>
        <StatusLine line={live.line} signedOut={live.signedOut} updateWaiting={live.updateWaiting} />
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      <main class="app-main">
        <Notice>{t("empty")}</Notice>
      </main>
    </>
  );
}

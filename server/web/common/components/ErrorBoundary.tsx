/** What a person sees when our own code fails: words, and the screen opens itself again. Never a blank page. */

import { Component, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { remember, remembered } from "../storage.ts";
import { Button } from "./Button.tsx";
import "./ErrorBoundary.css";

const RELOADS = "nghisu-crash-reloads";
const FORGIVE_AFTER_MS = 5 * 60_000;
const MOST_RELOADS = 3;
const WAIT_SECONDS = 8;

/** Tell the developer console. The person is told by the screen; the server knows nothing of it. */
export function crashed(error: unknown, where: "render" | "background"): void {
  // biome-ignore lint/suspicious/noConsole: the only place where a technician can read what broke
  console.error(`nghisu: failure in ${where}`, error);
}

/** How often this page has reopened itself lately. A screen that fails at once must not flicker for ever. */
function recentReloads(): number {
  const [count, at] = (remembered(RELOADS, "session") ?? "0 0").split(" ").map(Number);
  return Date.now() - (at ?? 0) < FORGIVE_AFTER_MS ? (count ?? 0) : 0;
}

function reopen(): void {
  remember(RELOADS, `${recentReloads() + 1} ${Date.now()}`, "session");
  location.reload();
}

function Crashed() {
  const stuck = recentReloads() >= MOST_RELOADS;
  const [seconds, setSeconds] = useState(WAIT_SECONDS);
  useEffect(() => {
    if (stuck) return undefined;
    if (seconds <= 0) {
      reopen();
      return undefined;
    }
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds, stuck]);
  return (
    <div class="crash" role="alert">
      <h1>{t("crash.title")}</h1>
      <p>{stuck ? t("crash.stuck") : t("crash.body", { seconds })}</p>
      <Button kind="primary" icon="again" onPress={reopen}>
        {t("action.reload")}
      </Button>
    </div>
  );
}

/** Put around a surface (`mount` does). */
export class ErrorBoundary extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    crashed(error, "render");
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
}

/** The server is away: said in words with the time since when, over the dimmed last scene. */

import { formatClock } from "@common/i18n/index.ts";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { keepMoment, keptMoment } from "../kept.ts";
import { live } from "../live.ts";

const NOTE_MS = 10_000;
const BLINK_MS = 1_500;

/** Whether what is shown may be old. */
export function isAway(): boolean {
  return live.line.value.status !== "online";
}

/** Since when, in epoch ms; undefined when the server was never heard on this machine. */
function since(): number | undefined {
  const line = live.line.value;
  return line.status === "lost" ? line.since : keptMoment();
}

/** True once `state` has lasted: a blink of the line is not worth a word, nor a scene that makes room for it. */
function useLater(state: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!state) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), BLINK_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return state && lasting;
}

/** See above. Nothing while the line is good. */
export function Away() {
  const away = isAway();
  useEffect(() => {
    if (away) return undefined;
    keepMoment(live.now());
    const timer = setInterval(() => keepMoment(live.now()), NOTE_MS);
    return () => clearInterval(timer);
  }, [away]);
  const said = useLater(away);
  const moment = since();
  if (!said || moment === undefined) return null;
  return (
    <p class="away" role="alert">
      <strong>{t("line.lost", { time: formatClock(moment) })}</strong>
      <span>{t("line.again")}</span>
    </p>
  );
}

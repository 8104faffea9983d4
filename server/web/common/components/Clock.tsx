/** Clocks that run on the server's time: the time of day, and the time left until a deadline. */

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatClock, formatClockSeconds, formatCountdown } from "../i18n/index.ts";
import { serverNow } from "../live/index.ts";

/** Server time, renewed at every full second while something shows it. */
const beat = signal(0);
let watchers = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  const now = serverNow();
  beat.value = now;
  timer = setTimeout(tick, 1000 - (now % 1000) + 5); // 5 ms late rather than early: never the old second twice
}

/** Server time in epoch milliseconds; the component renders again every second. */
export function useServerTime(): number {
  useEffect(() => {
    watchers += 1;
    if (watchers === 1) tick();
    return () => {
      watchers -= 1;
      if (watchers === 0) clearTimeout(timer);
    };
  }, []);
  return beat.value === 0 ? serverNow() : beat.value;
}

/** "08:42", or "08:42:07" with `seconds`. */
export function Clock({ seconds = false }: { readonly seconds?: boolean }) {
  const now = useServerTime();
  return (
    <time class="tabular" dateTime={new Date(now).toISOString()}>
      {seconds ? formatClockSeconds(now) : formatClock(now)}
    </time>
  );
}

/** "00:43" until a deadline of the server (epoch milliseconds or ISO 8601); stays at 00:00. */
export function Countdown({ until }: { readonly until: number | string }) {
  const now = useServerTime();
  return (
    <span class="tabular" role="timer">
      {formatCountdown(new Date(until).getTime() - now)}
    </span>
  );
}

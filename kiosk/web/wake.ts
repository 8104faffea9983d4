/** Screens that sleep: the tap that wakes one must not press a button, and none should sleep during a sitting. */

import { effect, type ReadonlySignal } from "@preact/signals";

/** A tap this soon after the page came back into view was meant for the dark screen, in ms. */
const WAKING_MS = 700;

let until = 0;

const swallow = (event: Event) => {
  if (performance.now() >= until) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** Swallow the first taps after the screen was dark or hidden. Call once. */
export function swallowWakingTap(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") until = performance.now() + WAKING_MS;
  });
  for (const kind of ["pointerdown", "pointerup", "click"]) addEventListener(kind, swallow, { capture: true });
}

/** Keep the screen awake while `wanted`; where the browser offers it (a secure context). */
export function stayAwake(wanted: ReadonlySignal<boolean>): void {
  let held: WakeLockSentinel | undefined;
  const ask = async () => {
    if (!wanted.peek() || document.visibilityState !== "visible" || held?.released === false) return;
    held = await navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", () => void ask());
  effect(() => {
    if (wanted.value) void ask();
    else void held?.release();
  });
}

/** Browser storage that may be missing, full or forbidden: a screen must work without it. */

function store(kind: "local" | "session"): Storage | undefined {
  try {
    return kind === "local" ? globalThis.localStorage : globalThis.sessionStorage;
  } catch {
    return undefined; // storage is switched off in this browser
  }
}

/** What was remembered on this device under `key`; undefined when nothing was. */
export function remembered(key: string, kind: "local" | "session" = "local"): string | undefined {
  try {
    return store(kind)?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remember `value` on this device ("local") or until the tab closes ("session"); undefined forgets. Never throws. */
export function remember(key: string, value: string | undefined, kind: "local" | "session" = "local"): void {
  try {
    if (value === undefined) store(kind)?.removeItem(key);
    else store(kind)?.setItem(key, value);
  } catch {
    // Full or forbidden: the screen goes on without its memory.
  }
}

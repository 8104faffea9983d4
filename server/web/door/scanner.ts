/** A USB scanner is a keyboard that types a code very fast and ends with Enter. */

import { useEffect } from "preact/hooks";

const SHORTEST = 12;
const LONGEST = 120;
/** A person does not type 12 letters with less than this between any two. */
const PAUSE_MS = 80;

/** What a scanner typed: collects letters, forgets them when a pause shows that a person types. */
export class ScannerKeys {
  private typed = "";
  private last = 0;

  /** Take one key press at `now` (ms); returns the whole code at Enter, else undefined. */
  take(key: string, now: number): string | undefined {
    if (now - this.last > PAUSE_MS) this.typed = "";
    this.last = now;
    if (key === "Enter") {
      const code = this.typed;
      this.typed = "";
      return code.length >= SHORTEST ? code.toUpperCase() : undefined;
    }
    if (/^[A-Za-z0-9]$/.test(key) && this.typed.length < LONGEST) this.typed += key;
    return undefined;
  }
}

/** Hear a USB scanner while mounted, wherever the focus is. */
export function useScanner(scanned: (code: string) => void): void {
  useEffect(() => {
    const keys = new ScannerKeys();
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const code = keys.take(event.key, event.timeStamp);
      if (code === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      scanned(code);
    };
    addEventListener("keydown", hear, { capture: true });
    return () => removeEventListener("keydown", hear, { capture: true });
  }, [scanned]);
}

/** What no topic tells: loaded again every few seconds while it is looked at. */

import { type Loaded, useLoad } from "@common/useLoad.ts";
import { useEffect } from "preact/hooks";

const EVERY_MS = 5_000;

/** See useLoad. */
export function usePolled<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const loaded = useLoad(load, on);
  useEffect(() => {
    const timer = setInterval(loaded.reload, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return loaded;
}

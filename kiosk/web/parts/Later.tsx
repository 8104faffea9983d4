/** Rare parts of the seat come after the first picture; nobody waits for them, because they are fetched while it rests. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";

const QUIET_MS = 1_500;
const AGAIN_MS = 3_000;

/** A component that is fetched when the page has come to rest, or when it is first shown. */
export function later<P extends object>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  let found: ComponentType<P> | undefined;
  let coming: Promise<unknown> | undefined;
  const get = () => {
    coming ??= fetch()
      .then((part) => {
        found = part;
      })
      .catch(() => {
        coming = undefined; // the line was away: the next to ask asks again
      });
    return coming;
  };
  globalThis.setTimeout(() => void get(), QUIET_MS);
  return function Later(props: P) {
    const [, again] = useState(0);
    useEffect(() => {
      if (found !== undefined) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const ask = () =>
        void get().then(() => {
          if (found === undefined) timer = setTimeout(ask, AGAIN_MS);
          else again((n) => n + 1);
        });
      ask();
      return () => clearTimeout(timer);
    }, []);
    const Part = found;
    return Part === undefined ? <p role="status">{t("later.loading")}</p> : <Part {...props} />;
  };
}

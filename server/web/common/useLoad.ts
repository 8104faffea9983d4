/** Long lists over HTTP: load, show the refusal, load again when told. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "./api/index.ts";

export interface Loaded<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/** Load at first and whenever one of `on` changes; an overtaken answer is dropped. Old data stays while loading. */
export function useLoad<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const [data, setData] = useState<T | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    latest.current().then(
      (found) => {
        if (mine !== turn.current) return;
        setData(found);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (mine === turn.current) setProblem(asProblem(error));
      },
    );
  }, []);
  useEffect(reload, on);
  return { data, problem, reload };
}

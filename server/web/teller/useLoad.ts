/** Lists over HTTP: load at first and when one of `on` changes, show the refusal, load again when told. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Loaded<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/** An overtaken answer is dropped; old data stays while loading. */
export function useLoad<T>(load: () => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const [data, setData] = useState<T>();
  const [problem, setProblem] = useState<Problem>();
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const now = () => mine === turn.current;
    latest.current().then(
      (found) => {
        if (!now()) return;
        setData(() => found);
        setProblem(undefined);
      },
      (error: unknown) => now() && setProblem(asProblem(error)),
    );
  }, []);
  useEffect(reload, on);
  return { data, problem, reload };
}

/** Finding somebody by name when there is no code: diacritics are not needed. */

import { asProblem, get, problemText } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { formatClock } from "@common/i18n/index.ts";
import { useEffect, useState } from "preact/hooks";
import { t } from "./i18n/index.ts";
import { checkIn, idle, meeting } from "./state.ts";

interface Found {
  readonly participant_id: number;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly seat: string | null;
  readonly entered_ms: number | null;
}

const LEAST = 2;
const TYPING_MS = 200;

function useFound(words: string): { people: readonly Found[] | undefined; problem: string | undefined } {
  const [people, setPeople] = useState<readonly Found[]>();
  const [problem, setProblem] = useState<string>();
  const id = meeting.value?.id;
  useEffect(() => {
    setProblem(undefined);
    if (id === undefined || words.trim().length < LEAST) {
      setPeople(undefined);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      get<{ people: readonly Found[] }>(`/api/meetings/${id}/door/search`, { q: words.trim() }, stop.signal)
        .then((answer) => setPeople(answer.people))
        .catch((error) => {
          if (!stop.signal.aborted) setProblem(problemText(asProblem(error)).detail);
        });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, words]);
  return { people, problem };
}

export function Search() {
  const [words, setWords] = useState("");
  const { people, problem } = useFound(words);
  return (
    <section class="door-search">
      <div class="door-search-head">
        <label>
          {t("search.label")}
          <input
            type="search"
            value={words}
            maxLength={60}
            autofocus
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <Button icon="camera" hint="Esc" onPress={idle}>
          {t("search.close")}
        </Button>
      </div>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {people === undefined && problem === undefined && <p class="door-quiet">{t("search.hint")}</p>}
      {people?.length === 0 && <p class="door-quiet">{t("search.empty")}</p>}
      <ul class="door-people">
        {people?.map((one) => (
          <li key={one.participant_id}>
            <span class="door-person">
              <strong>{one.name}</strong>
              <span>{[one.title, one.unit, one.seat].filter(Boolean).join(", ")}</span>
              {one.entered_ms !== null && <span>{t("search.present", { time: formatClock(one.entered_ms) })}</span>}
            </span>
            <Button
              kind={one.entered_ms === null ? "primary" : "normal"}
              icon="door"
              onPress={() => checkIn({ participant_id: one.participant_id, method: "search" })}
            >
              {t("search.enter")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

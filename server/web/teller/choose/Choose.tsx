/** Which vote on paper is counted: a list, moved through with the arrows. */

import { KeyBar } from "@common/components/KeyMap.tsx";
import { useKeys } from "@common/keys.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { t, word } from "../i18n/index.ts";
import { usePaper, type Vote } from "../live.ts";
import { goTo } from "../who.ts";
import { ENDED, inOrder, WAITING } from "./order.ts";

const COUNTABLE = [...WAITING, ...ENDED];

/** Why there is nothing to do for this vote yet; undefined: there is. */
function whyNot(vote: Vote): string | undefined {
  if (vote.state === "annulled") return t("vote.annulled", { reason: vote.annulled_reason });
  return COUNTABLE.includes(vote.state) ? undefined : t("vote.early");
}

/** A vote in one line: kind, names, seats. */
export function factsOf(vote: Vote): string {
  const seats = vote.kind === "confidence" ? "" : t("vote.seats", { n: vote.seats });
  return [word("kind", vote.kind), seats, t("vote.lines", { n: vote.lines })].filter(Boolean).join(" · ");
}

/** See the top of this file. */
export function Choose() {
  const paper = usePaper()?.data;
  const votes = inOrder(paper?.votes ?? []);
  const [id, setId] = useState<number | undefined>(undefined);
  const at = Math.max(
    0,
    votes.findIndex((vote) => vote.id === id),
  );
  const chosen = votes[at];
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(), [chosen?.id]);
  const open = (vote: Vote | undefined) => vote && whyNot(vote) === undefined && goTo(vote.id);
  const move = (by: number) => setId(votes[Math.min(votes.length - 1, Math.max(0, at + by))]?.id);
  useKeys(
    {
      ArrowDown: { label: t("key.move"), run: () => move(1) },
      ArrowUp: { label: t("key.move"), hidden: true, run: () => move(-1) },
      Enter: { label: t("vote.open"), run: () => open(chosen), reason: chosen && whyNot(chosen) },
    },
    { title: t("vote.choose") },
  );
  return (
    <main class="choose">
      <h2>{t("vote.choose")}</h2>
      {paper === undefined && <p role="status">{t("entry.loading")}</p>}
      {paper && votes.length === 0 && <p class="empty">{t("vote.none")}</p>}
      <ul ref={list} class="votes" role="listbox" aria-label={t("vote.choose")}>
        {votes.map((vote) => {
          const why = whyNot(vote);
          return (
            <li
              key={vote.id}
              role="option"
              aria-selected={vote === chosen}
              aria-disabled={why !== undefined}
              tabIndex={vote === chosen ? 0 : -1}
              class="vote"
              onClick={() => open(vote)}
              onKeyDown={() => undefined}
            >
              <strong>{vote.round > 1 ? `${vote.title} · ${t("vote.round", { n: vote.round })}` : vote.title}</strong>
              <span class="chip">{word("state", vote.state)}</span>
              <small>{factsOf(vote)}</small>
              {why && <small class="vote-why">{why}</small>}
            </li>
          );
        })}
      </ul>
      <KeyBar />
    </main>
  );
}

/** A vote on paper as the seat tells of it: one line while it is under way, the result when it is published. */

import { Button } from "@common/components/Button.tsx";
import { remember, remembered } from "@common/storage.ts";
import type { MeView, PublicPaperVote } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/paper.ts";
import { later } from "../parts/Later.tsx";

const PaperResult = later(() => import("./PaperResult.tsx").then((part) => part.PaperResult));

const KEY = "nghisu-seat-paper";
/** The vote this seat last saw under way; its result comes to the front once. */
const seen = signal(Number(remembered(KEY, "session")) || undefined);

function note(id: number | undefined): void {
  seen.value = id;
  remember(KEY, id === undefined ? undefined : String(id), "session");
}

const UNDER_WAY = ["printed", "issued", "counting", "compared", "closed"] as const;

/** What is said of a vote under way; undefined when there is nothing to say any more. */
export function paperText(state: string, entitled: boolean): string | undefined {
  if (state === "annulled") return t("paper.annulled");
  const known = UNDER_WAY.find((one) => one === state);
  if (known === undefined) return undefined;
  if (known === "printed") return t("paper.soon");
  if (known === "issued") return entitled ? t("paper.take") : t("paper.handing-out");
  return t(`paper.${known}`);
}

export interface PaperProps {
  readonly vote: PublicPaperVote | null;
  readonly me: MeView | undefined;
}

/** The line above everything. */
export function PaperStrip({ vote, me }: PaperProps) {
  const text = vote && paperText(vote.state, me?.entitled === true);
  const open = UNDER_WAY.some((one) => one === vote?.state);
  useEffect(() => {
    if (vote && open) note(vote.id);
  }, [vote?.id, open]);
  if (!vote || !text) return null;
  if (vote.state === "annulled" && seen.value !== vote.id) return null;
  return (
    <aside class="strip strip-paper">
      <strong>{t("paper.title")}</strong>
      <span class="strip-words">
        {text} <span class="strip-of">{vote.title}</span>
      </span>
      {vote.state === "annulled" && <Button onPress={() => note(undefined)}>{t("paper.read")}</Button>}
    </aside>
  );
}

/** Its result, over everything, until it is closed. */
export function PaperNews({ vote }: { readonly vote: PublicPaperVote | null }) {
  if (vote === null || vote.result === null || seen.value !== vote.id) return null;
  return <PaperResult vote={vote} result={vote.result} onClose={() => note(undefined)} />;
}

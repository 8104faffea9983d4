/** Where the stations differ: a list, the three readings side by side, and what the paper says. */

import { Button } from "@common/components/Button.tsx";
import { KeyBar } from "@common/components/KeyMap.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import type { DifferenceList, DifferenceView } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { differences, voteView } from "../calls.ts";
import { t } from "../i18n/index.ts";
import { usePaper, type Vote } from "../live.ts";
import { placeText, printedOf } from "./printed.ts";
import { ReopenSheet } from "./ReopenSheet.tsx";
import { SettleCard } from "./SettleCard.tsx";
import { nextOpen } from "./values.ts";
import "../styles/compare.css";

interface ListProps {
  readonly list: readonly DifferenceView[];
  readonly chosen: number | undefined;
  readonly onChoose: (id: number) => void;
}

function List({ list, chosen, onChoose }: ListProps) {
  const place = useRef<HTMLUListElement>(null);
  useEffect(
    () => place.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
    [chosen],
  );
  return (
    <ul ref={place} class="differences" role="listbox" aria-label={t("compare.title")}>
      {list.map((one) => (
        <li
          key={one.id}
          role="option"
          aria-selected={one.id === chosen}
          tabIndex={one.id === chosen ? 0 : -1}
          class={`difference${one.settled ? " difference-done" : ""}`}
          onClick={() => onChoose(one.id)}
          onKeyDown={() => undefined}
        >
          <span class="difference-mark">{one.settled ? "✓" : one.pending ? "…" : "✕"}</span>
          <span>
            <strong>{placeText(one)}</strong>
            <small>
              {one.settled
                ? t("difference.settled", { name: one.settled_by })
                : one.pending
                  ? t("difference.pending", { name: one.opened_by })
                  : t(`difference.kind.${one.kind}` as "difference.kind.line")}
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Summary({ data }: { readonly data: DifferenceList }) {
  const uneven = new Set(data.returned).size > 1;
  return (
    <header class="compare-head">
      <div>
        <h2>{data.total === 0 ? t("compare.none") : t("compare.title")}</h2>
        <p class={data.open > 0 ? "help" : "compare-done"}>
          {data.open > 0 ? t("compare.open", { n: data.open }) : t("compare.finished")}
        </p>
        {uneven && (
          <p class="compare-uneven">
            {t("compare.uneven", {
              one: data.returned[0] ?? 0,
              two: data.returned[1] ?? 0,
              three: data.returned[2] ?? 0,
            })}
          </p>
        )}
      </div>
      {data.total > 0 && <ProgressBar label={t("compare.progress")} done={data.total - data.open} of={data.total} />}
    </header>
  );
}

/** See the top of this file. */
export function Compare({ vote }: { readonly vote: Vote }) {
  const version = usePaper()?.version;
  const { data, problem, reload } = useLoad(() => differences(vote.id, false), [vote.id, version]);
  const whole = useLoad(() => voteView(vote.id), [vote.id]).data;
  const [at, setAt] = useState<number>();
  const [asking, setAsking] = useState(false);
  const list = data?.differences ?? [];
  const chosen = list.find((one) => one.id === at) ?? nextOpen(list, 0) ?? list[0];
  const step = (by: number) => {
    const to = list[list.findIndex((one) => one.id === chosen?.id) + by];
    if (to) setAt(to.id);
  };
  useKeys(
    {
      ArrowDown: { label: t("key.move"), run: () => step(1) },
      ArrowUp: { label: t("key.move"), hidden: true, run: () => step(-1) },
      m: { label: t("reopen.title"), run: () => setAsking(true) },
    },
    { title: t("compare.title") },
  );
  const printed = whole && printedOf(whole);
  return (
    <main class="compare">
      {problem && <ProblemNotice problem={problem} />}
      {data === undefined && !problem && <p role="status">{t("entry.loading")}</p>}
      {data && <Summary data={data} />}
      <div class="compare-body">
        {list.length > 0 && <List list={list} chosen={chosen?.id} onChoose={setAt} />}
        {chosen && printed && (
          <SettleCard
            key={chosen.id}
            vote={vote.id}
            difference={chosen}
            printed={printed}
            onDone={() => {
              setAt(nextOpen(list, chosen.id)?.id ?? chosen.id);
              reload();
            }}
          />
        )}
      </div>
      <div class="compare-foot">
        <Button hint="M" onPress={() => setAsking(true)}>
          {t("reopen.title")}
        </Button>
        <KeyBar most={12} />
      </div>
      {asking && (
        <ReopenSheet
          vote={vote.id}
          lines={printed?.lines ?? []}
          onClose={(made) => {
            setAsking(false);
            if (made) setAt(made);
            reload();
          }}
        />
      )}
    </main>
  );
}

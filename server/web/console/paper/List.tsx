/** Who stands on the ballot, in its order: chosen with the arrows, moved with Alt and the arrows or by dragging. */

import { Button } from "@common/components/Button.tsx";
import { type KeyAction, useKeys } from "@common/keys.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { CandidateSheet } from "./CandidateSheet.tsx";
import { arrange, removeCandidate, withdraw } from "./calls.ts";
import { t, word } from "./i18n/index.ts";
import { PasteSheet } from "./PasteSheet.tsx";
import { askReason } from "./ReasonSheet.tsx";
import type { Candidate, Section, Vote } from "./shapes.ts";
import { moved, placed } from "./steps.ts";

const DRAGGED = "application/x-nghisu-candidate";

function note(one: Candidate): string {
  if (one.on_paper_only) return t("candidate.onPaper", { reason: one.reason });
  if (one.standing === "withdrawn") return t("candidate.withdrawn", { reason: one.reason });
  if (one.standing === "left_out") return t("candidate.isLeftOut", { reason: one.reason });
  if (one.source === "convener") return "";
  const figures =
    one.nomination_votes === null || one.nomination_attending === null
      ? ""
      : ` ${t("candidate.figures", { votes: one.nomination_votes, of: one.nomination_attending })}`;
  const by = one.nominators.length > 0 ? ` (${one.nominators.join(", ")})` : "";
  return word("source", one.source) + by + figures;
}

interface RowProps {
  readonly one: Candidate;
  readonly place: number | undefined;
  readonly chosen: boolean;
  readonly movable: boolean;
  readonly onChoose: () => void;
  readonly onDrop: (id: number) => void;
}

function Row({ one, place, chosen, movable, onChoose, onDrop }: RowProps) {
  const [over, setOver] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!chosen) return;
    row.current?.scrollIntoView({ block: "nearest" });
    if (document.activeElement?.getAttribute("role") === "option") row.current?.focus({ preventScroll: true });
  }, [chosen]);
  const facts = [one.title, one.unit, one.birth, one.detail].filter(Boolean).join(" · ");
  const remark = note(one);
  return (
    <li
      ref={row}
      role="option"
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      class={`pv-name${over ? " pv-over" : ""}${one.standing === "standing" ? "" : " pv-out"}`}
      draggable={movable}
      onClick={onChoose}
      onKeyDown={() => undefined}
      onDragStart={(event) => {
        event.dataTransfer?.setData(DRAGGED, String(one.id));
        onChoose();
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const id = Number(event.dataTransfer?.getData(DRAGGED));
        if (id > 0) onDrop(id);
      }}
    >
      <span class="pv-place tabular">{place ?? "–"}</span>
      <span>
        <strong>{one.name}</strong> <small>{facts}</small>
        {remark && <em>{remark}</em>}
      </span>
    </li>
  );
}

/** Why the list cannot be changed; undefined: it can. */
const whyFixed = (vote: Vote) => (vote.state === "draft" ? undefined : t("list.fixed"));

function askWithdraw({ meetingId, vote, reload }: Section, one: Candidate): void {
  askReason({
    title: t("withdraw.title", { name: one.name }),
    says: vote.state === "draft" ? t("withdraw.before") : t("withdraw.after"),
    action: t("withdraw.do"),
    run: (reason) => withdraw(meetingId, vote.id, one.id, reason).then(reload),
  });
}

function askRemove({ meetingId, vote, reload }: Section, one: Candidate): void {
  ask({
    title: t("candidate.remove", { name: one.name }),
    says: [t("candidate.remove.says")],
    action: t("action.delete"),
    key: "b",
    danger: true,
    run: () => act(removeCandidate(meetingId, vote.id, one.id)).then(reload),
  });
}

type Sheet = { readonly kind: "add" | "paste" } | { readonly kind: "edit"; readonly one: Candidate } | undefined;

function whyNotWithdraw(section: Section, one: Candidate | undefined): string | undefined {
  if (section.reason !== undefined) return section.reason;
  if (["compared", "closed", "published", "annulled"].includes(section.vote.state)) return t("withdraw.late");
  if (one === undefined) return t("list.none");
  return one.standing === "standing" ? undefined : note(one);
}

/** The order under the hands: shown at once, corrected by the server. */
function useOrder(section: Section) {
  const { meetingId, vote, reload } = section;
  const [mine, setMine] = useState<readonly number[]>();
  const theirs = vote.candidates.filter((one) => one.standing === "standing").map((one) => one.id);
  const order = mine ?? theirs;
  const reorder = (next: readonly number[]) => {
    if (next === order) return;
    setMine(next);
    void act(arrange(meetingId, vote.id, next)).then(() => {
      setMine(undefined);
      reload();
    });
  };
  return { order, reorder };
}

/** See the top of this file. */
export function List(section: Section) {
  const { meetingId, vote, reload } = section;
  const { order, reorder } = useOrder(section);
  const [at, setAt] = useState<number>();
  const [sheet, setSheet] = useState<Sheet>();
  const standing = order.flatMap((id) => vote.candidates.find((one) => one.id === id) ?? []);
  const rows =
    vote.state === "draft"
      ? [...standing, ...vote.candidates.filter((one) => !order.includes(one.id))]
      : vote.candidates;
  const chosen = rows.find((one) => one.id === at) ?? rows[0];
  const fixed = section.reason ?? whyFixed(vote);
  const one = fixed ?? (chosen ? undefined : t("list.none"));
  const gone = whyNotWithdraw(section, chosen);
  const step = (by: number) => {
    const to = rows[rows.findIndex((row) => row.id === chosen?.id) + by];
    if (to) setAt(to.id);
  };
  const shift = (by: number) => chosen && reorder(moved(order, chosen.id, by));
  const withChosen = (run: (candidate: Candidate) => void) => () => chosen && run(chosen);
  const edit = withChosen((candidate) => setSheet({ kind: "edit", one: candidate }));
  const drop = withChosen((candidate) => askRemove(section, candidate));
  const quit = withChosen((candidate) => askWithdraw(section, candidate));
  const keys: Record<string, KeyAction> = {
    ArrowDown: { label: t("list.move"), run: () => step(1) },
    ArrowUp: { label: t("list.move"), hidden: true, run: () => step(-1) },
    "Alt+ArrowUp": { label: t("list.up"), run: () => shift(-1), reason: one },
    "Alt+ArrowDown": { label: t("list.down"), run: () => shift(1), reason: one },
    "+": { label: t("candidate.add"), run: () => setSheet({ kind: "add" }), reason: fixed },
    v: { label: t("paste.title"), run: () => setSheet({ kind: "paste" }), reason: fixed },
    e: { label: t("list.edit"), run: edit, reason: one },
    Delete: { label: t("list.remove"), run: drop, reason: one },
    r: { label: t("withdraw.do"), run: quit, reason: gone },
  };
  useKeys(keys, { title: t("list.title") });
  const close = () => {
    setSheet(undefined);
    reload();
  };
  return (
    <section class="pv-list" aria-label={t("list.title")}>
      <header class="pv-head">
        <h3>{t("list.title")}</h3>
        <span class="count">{standing.length}</span>
        {vote.state !== "draft" && <small>{t("list.fixed")}</small>}
      </header>
      {vote.state === "draft" && (
        <div class="buttons">
          <Button icon="plus" hint="+" reason={fixed} reasonHidden onPress={() => setSheet({ kind: "add" })}>
            {t("candidate.add")}
          </Button>
          <Button icon="list" hint="V" reason={fixed} reasonHidden onPress={() => setSheet({ kind: "paste" })}>
            {t("paste.title")}
          </Button>
          <Button
            kind="quiet"
            reason={fixed}
            reasonHidden
            onPress={() => act(arrange(meetingId, vote.id, null), () => t("list.sorted")).then(reload)}
          >
            {t("list.sort")}
          </Button>
        </div>
      )}
      {rows.length === 0 && <p class="empty">{t("list.empty")}</p>}
      <ul class="pv-names" role="listbox" aria-label={t("list.title")}>
        {rows.map((row) => (
          <Row
            key={row.id}
            one={row}
            place={row.line ?? (order.includes(row.id) ? order.indexOf(row.id) + 1 : undefined)}
            chosen={row.id === chosen?.id}
            movable={fixed === undefined && row.standing === "standing"}
            onChoose={() => setAt(row.id)}
            onDrop={(id) => reorder(placed(order, id, order.indexOf(row.id)))}
          />
        ))}
      </ul>
      {rows.length > 0 && (
        <div class="buttons">
          <Button kind="quiet" icon="pen" hint="E" reason={one} reasonHidden onPress={edit}>
            {t("list.edit")}
          </Button>
          <Button kind="quiet" icon="exit" hint="R" reason={gone} reasonHidden onPress={quit}>
            {t("withdraw.do")}
          </Button>
          <Button kind="quiet" icon="trash" hint="Del" reason={one} reasonHidden onPress={drop}>
            {t("list.remove")}
          </Button>
        </div>
      )}
      {sheet?.kind === "add" && <CandidateSheet meetingId={meetingId} vote={vote} one={undefined} onClose={close} />}
      {sheet?.kind === "edit" && <CandidateSheet meetingId={meetingId} vote={vote} one={sheet.one} onClose={close} />}
      {sheet?.kind === "paste" && <PasteSheet meetingId={meetingId} vote={vote} onClose={close} />}
    </section>
  );
}

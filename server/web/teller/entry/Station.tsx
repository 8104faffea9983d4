/** The station: names, the ballot beside them, the last look below, and everything by keyboard. */

import { Button } from "@common/components/Button.tsx";
import { Confirm } from "@common/components/Dialog.tsx";
import { KeyBar } from "@common/components/KeyMap.tsx";
import { ProblemNotice, toastRefusal } from "@common/components/Toast.tsx";
import { type KeyAction, useKeys } from "@common/keys.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import { logPdf } from "../calls.ts";
import { t } from "../i18n/index.ts";
import { busy, usePaper } from "../live.ts";
import { teller } from "../who.ts";
import { isTouched } from "./ballot.ts";
import { CommitSheet } from "./CommitSheet.tsx";
import { Desk } from "./desk.ts";
import { LastLook } from "./LastLook.tsx";
import { DIGITS, type Form } from "./marks.ts";
import { Sheet } from "./Sheet.tsx";
import { Side } from "./Side.tsx";
import { StationWork } from "./station.ts";
import "../styles/entry.css";

function useDesk(vote: number, number: number): Desk {
  const participant = teller.value?.participantId ?? 0;
  const desk = useMemo(() => new Desk(new StationWork(vote, number, participant)), [vote, number, participant]);
  useEffect(() => () => desk.work.stop(), [desk]);
  const known = desk.work.form.value !== undefined;
  useEffect(() => {
    if (known) desk.start();
  }, [desk, known]);
  const version = usePaper()?.version;
  useEffect(() => desk.work.refresh(), [desk, version]);
  useEffect(() => {
    const again = () => void desk.work.load();
    addEventListener("focus", again);
    return () => removeEventListener("focus", again);
  }, [desk]);
  return desk;
}

/** What each key of the ballot is called in the key map; the first few stand in the key bar. */
function keysOf(desk: Desk, form: Form | undefined): Record<string, KeyAction> {
  const surplus = form?.kind === "election_surplus";
  const keys: Record<string, KeyAction> = {};
  const add = (key: string, label: string, hidden = false) => {
    keys[key] = { label, hidden, run: () => desk.press(key) };
  };
  if (form && !surplus) {
    for (const [digit, letter] of Object.entries(DIGITS[form.kind])) add(digit, t(`mark.${letter}` as "mark.k"));
  }
  for (const digit of "0123456789-") if (!(digit in keys)) add(digit, digit, true);
  if (surplus) add("x", t("key.strike"));
  add("Enter", surplus ? t("key.enter.strike") : t("key.enter"));
  add("F9", t("key.write"));
  add("a", surplus ? t("key.all.keep") : t("key.all"));
  if (!surplus) add("z", t("key.rest"));
  add("i", t("key.invalid"));
  add("Backspace", t("key.undo"));
  add("d", t("key.line"));
  add("p", t("key.ballot"));
  add("ArrowDown", t("key.move"));
  for (const key of ["/", "*", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Escape"]) add(key, key, true);
  if (surplus) add(" ", t("key.strike"), true);
  return keys;
}

function AskRemove({ desk, number, onClose }: { desk: Desk; number: number; onClose: () => void }) {
  const remove = async () => {
    try {
      await desk.work.removeLast(number);
      desk.leave();
    } catch (error) {
      toastRefusal(error);
    }
    onClose();
  };
  return (
    <Confirm
      title={t("remove.title", { number })}
      consequence={t("remove.says")}
      action={t("action.delete")}
      confirmKey="b"
      danger
      onConfirm={remove}
      onCancel={onClose}
    />
  );
}

/** Why the ballot shown cannot be taken back; undefined: it is the last one. */
function whyNotRemove(desk: Desk): string | undefined {
  const draft = desk.draft.value;
  const last = Math.max(0, ...desk.work.entered.value.keys());
  if (!draft?.replaces || draft.number !== last) return t("remove.why");
  return desk.work.sending.value.waiting > 0 ? t("remove.unsent") : undefined;
}

interface Props {
  readonly vote: number;
  readonly number: number;
}

/** See the top of this file. */
export function Station({ vote, number }: Props) {
  const desk = useDesk(vote, number);
  const [sheet, setSheet] = useState<"commit" | "remove">();
  const { work } = desk;
  const form = work.form.value;
  const draft = desk.draft.value;
  const data = work.sheet.value;
  const why = work.entered.value.size === 0 ? t("commit.nothing") : undefined;
  const step = (by: number) => desk.open((desk.draft.peek()?.number ?? 1) + by);
  useEffect(() => {
    busy.value = (draft !== undefined && isTouched(draft)) || work.sending.value.waiting > 0;
  });
  useKeys(
    {
      ...keysOf(desk, form),
      PageUp: { label: t("key.page"), run: () => step(-1) },
      PageDown: { label: t("key.page"), hidden: true, run: () => step(1) },
      Delete: { label: t("key.remove"), run: () => setSheet("remove"), reason: whyNotRemove(desk) },
      k: { label: t("commit.do"), run: () => setSheet("commit"), reason: why },
      l: { label: t("key.log"), run: () => void open(logPdf(vote, number), "_blank") },
    },
    { title: t("entry.title") },
  );
  if (form === undefined || draft === undefined || data === undefined) {
    return (
      <main class="wait">
        {work.problem.value ? (
          <ProblemNotice problem={work.problem.value} />
        ) : (
          <p role="status">{t("entry.loading")}</p>
        )}
      </main>
    );
  }
  const pressLine = (line: number) => {
    desk.draft.value = { ...draft, cursor: line };
    if (form.kind === "election_surplus") desk.press("x");
    document.getElementById("sheet")?.focus();
  };
  return (
    <main class="station">
      <Sheet
        lines={data.lines}
        marks={draft.marks}
        cursor={draft.cursor}
        off={draft.invalid !== undefined}
        label={t("entry.title")}
        onLine={pressLine}
      />
      <Side work={work} form={form} draft={draft} issued={data.issued} />
      <div class="station-foot">
        <LastLook
          form={form}
          draft={draft}
          lines={data.lines}
          said={desk.said.value}
          onCategory={(digit) => desk.press(digit)}
        />
        <div class="station-tools">
          <a class="button button-quiet" href={logPdf(vote, number)} target="_blank" rel="noreferrer">
            {t("log.print")} <kbd>{"L"}</kbd>
          </a>
          <Button kind="normal" hint="K" reason={why} reasonHidden onPress={() => setSheet("commit")}>
            {t("commit.do")}
          </Button>
        </div>
        <KeyBar most={12} />
      </div>
      {sheet === "commit" && <CommitSheet work={work} onClose={() => setSheet(undefined)} />}
      {sheet === "remove" && <AskRemove desk={desk} number={draft.number} onClose={() => setSheet(undefined)} />}
    </main>
  );
}

/** Sites to invite: units of the tree, many at once, and other places one a line. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { type Unit, units } from "../../calls/people.ts";
import { toggled } from "../../parts/choice.ts";
import { matches } from "../../parts/fold.ts";
import { inTreeOrder } from "../../parts/UnitSelect.tsx";
import type { SiteIn } from "../shapes.ts";
import { invite } from "./calls.ts";
import { t } from "./i18n/index.ts";
import "./sites.css";

/** Lines "name; person in charge; telephone; technician; telephone"; pure. */
export function sitesOf(text: string): readonly SiteIn[] {
  return text
    .split("\n")
    .map((line) => line.split(";").map((part) => part.trim()))
    .filter(([name]) => name !== undefined && name !== "")
    .map(([name = "", contact = "", contact_phone = "", technician = "", technician_phone = ""]) => ({
      name,
      contact,
      contact_phone,
      technician,
      technician_phone,
    }));
}

/** The units below one, in tree order; pure. */
export function below(all: readonly Unit[], id: number): readonly number[] {
  return all.filter((one) => one.parent_id === id).flatMap((one) => [one.id, ...below(all, one.id)]);
}

export interface InviteSheetProps {
  readonly meetingId: number;
  /** Units that are sites already. */
  readonly invited: ReadonlySet<number>;
  readonly onClose: () => void;
}

/** See the top of this file. */
export function InviteSheet({ meetingId, invited, onClose }: InviteSheetProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const lines = sitesOf(text);
  const count = chosen.size + lines.length;
  const reason = count === 0 ? t("sites.add.nothing") : undefined;
  const go = async () => {
    if (reason !== undefined) return;
    try {
      await invite(meetingId, [...[...chosen].map((unit_id) => ({ unit_id })), ...lines]);
      toast("good", () => t("invite.done", { n: count }));
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      wide
      title={t("invite.title")}
      onClose={onClose}
      actions={
        <>
          <span class="st-chosen" role="status">
            {count > 0 && t("invite.chosen", { n: count })}
          </span>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={reason} onPress={go}>
            {t("invite.go")}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      <div class="st-columns">
        <UnitChoice invited={invited} chosen={chosen} onChosen={setChosen} />
        <Field label={t("sites.add.names")} hint={t("sites.add.names.help")}>
          {(control) => (
            <textarea {...control} rows={12} value={text} onInput={(event) => setText(event.currentTarget.value)} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly invited: ReadonlySet<number>;
  readonly chosen: ReadonlySet<number>;
  readonly onChosen: (change: (before: ReadonlySet<number>) => ReadonlySet<number>) => void;
}

function UnitChoice({ invited, chosen, onChosen }: ChoiceProps) {
  const { data, problem } = useLoad(units, []);
  const [search, setSearch] = useState("");
  const all = data?.units ?? [];
  const shown = inTreeOrder(all).filter((one) => matches(one.name, search));
  const toggle = (id: number) => onChosen((before) => toggled(before, id));
  const add = (id: number) =>
    onChosen((before) => new Set([...before, ...below(all, id).filter((one) => !invited.has(one))]));
  return (
    <fieldset class="st-part">
      <legend>{t("invite.units")}</legend>
      {problem && <ProblemNotice problem={problem} />}
      <TextField label={t("invite.search")} value={search} onValue={setSearch} input={{ type: "search" }} />
      <ul class="st-units">
        {shown.map((one) => (
          <UnitLine
            key={one.id}
            unit={one}
            known={invited.has(one.id)}
            checked={chosen.has(one.id)}
            onToggle={() => toggle(one.id)}
            onBelow={all.some((other) => other.parent_id === one.id) ? () => add(one.id) : undefined}
          />
        ))}
        {data && shown.length === 0 && <li class="empty">{t("invite.none")}</li>}
      </ul>
      {chosen.size > 0 && (
        <Button kind="quiet" onPress={() => onChosen(() => new Set())}>
          {t("invite.clear")}
        </Button>
      )}
    </fieldset>
  );
}

interface UnitLineProps {
  readonly unit: Unit & { readonly depth: number };
  readonly known: boolean;
  readonly checked: boolean;
  readonly onToggle: () => void;
  /** Choose all below it; undefined when there is nothing below. */
  readonly onBelow: (() => void) | undefined;
}

function UnitLine({ unit, known, checked, onToggle, onBelow }: UnitLineProps) {
  return (
    <li style={{ paddingInlineStart: `${unit.depth}rem` }}>
      <label class="check">
        <input type="checkbox" checked={known || checked} disabled={known} onChange={onToggle} />
        <span>
          {unit.name} {known && <small>{t("invite.known")}</small>}
        </span>
      </label>
      {onBelow && (
        <Button kind="quiet" label={t("invite.below", { name: unit.name })} onPress={onBelow}>
          {t("invite.below.short")}
        </Button>
      )}
    </li>
  );
}

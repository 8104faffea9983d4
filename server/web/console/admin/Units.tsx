/** The tree of units, and the persons of the chosen one. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { addUnit, removeUnit, renameUnit, type Unit, units } from "../calls/people.ts";
import { t } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { inTreeOrder } from "../parts/UnitSelect.tsx";
import { holds } from "../session.ts";
import { Persons } from "./Persons.tsx";

interface NameProps {
  readonly title: string;
  readonly value: string;
  readonly onSave: (name: string) => Promise<boolean>;
  readonly onClose: () => void;
}

function NameSheet({ title, value, onSave, onClose }: NameProps) {
  const [name, setName] = useState(value);
  const reason = name.trim() === "" ? t("form.required") : undefined;
  const save = async () => {
    if (reason === undefined && (await onSave(name.trim()))) onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" onPress={save} reason={reason}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      <TextField label={t("units.name")} value={name} onValue={setName} input={{ maxLength: 200, autofocus: true }} />
    </Dialog>
  );
}

function askRemove(unit: Unit, after: () => void): void {
  ask({
    title: t("units.remove.title"),
    says: [unit.name, t("units.remove.says")],
    action: t("form.remove"),
    key: "b",
    danger: true,
    run: () => act(removeUnit(unit.id), () => t("form.saved")).then(after),
  });
}

/** See the top of this file. */
export function Units() {
  const { data, problem, reload } = useLoad(units, []);
  const [chosenId, choose] = useState<number | undefined>(undefined);
  const [sheet, setSheet] = useState<"add" | "rename" | undefined>(undefined);
  const tree = inTreeOrder(data?.units ?? []);
  const chosen = tree.find((unit) => unit.id === chosenId) ?? tree[0];
  const reason = holds("administrator", "unit_administrator") ? undefined : t("admin.readOnly");
  const close = () => {
    setSheet(undefined);
    reload();
  };
  if (problem) return <ProblemNotice problem={problem} />;
  return (
    <div class="units">
      <section aria-label={t("units.tree")} class="units-tree">
        <ul>
          {tree.map((unit) => (
            <li key={unit.id} style={{ paddingInlineStart: `${unit.depth}rem` }}>
              <button type="button" class="unit" aria-pressed={unit.id === chosen?.id} onClick={() => choose(unit.id)}>
                {unit.name}
              </button>
            </li>
          ))}
        </ul>
        <div class="buttons">
          <Button icon="plus" onPress={() => setSheet("add")} reason={reason}>
            {t("units.add")}
          </Button>
          <Button icon="pen" onPress={() => setSheet("rename")} reason={reason} reasonHidden>
            {t("units.rename")}
          </Button>
          <Button
            icon="trash"
            label={t("form.remove")}
            kind="quiet"
            onPress={() => chosen && askRemove(chosen, reload)}
            reason={reason}
            reasonHidden
          />
        </div>
      </section>
      {chosen && <Persons key={chosen.id} unit={chosen} reason={reason} />}
      {chosen && sheet === "add" && (
        <NameSheet
          title={t("units.addBelow", { name: chosen.name })}
          value=""
          onSave={(name) => act(addUnit(name, chosen.id))}
          onClose={close}
        />
      )}
      {chosen && sheet === "rename" && (
        <NameSheet
          title={t("units.rename")}
          value={chosen.name}
          onSave={(name) => act(renameUnit(chosen.id, name))}
          onClose={close}
        />
      )}
    </div>
  );
}

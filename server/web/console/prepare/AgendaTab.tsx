/** The agenda: order by drag and by keyboard on the left, the chosen item with its papers on the right. */

import { Button } from "@common/components/Button.tsx";
import { useKeys } from "@common/keys.ts";
import { useState } from "preact/hooks";
import { addItem, removeItem } from "../calls/meetings.ts";
import { t } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import type { Item } from "../shapes.ts";
import { AgendaRow } from "./AgendaRow.tsx";
import { ItemEditor } from "./ItemEditor.tsx";
import { drop, indent, outdent, shift } from "./order.ts";
import type { TabProps } from "./Prepare.tsx";
import { useOrder } from "./useOrder.ts";

function askRemove(meetingId: number, item: Item): void {
  ask({
    title: t("agenda.remove.title", { number: item.number }),
    says: [item.title, t("agenda.remove.says")],
    action: t("form.remove"),
    key: "b",
    danger: true,
    run: () => act(removeItem(meetingId, item.id), () => t("agenda.removed")),
  });
}

function AddItem(props: { readonly reason: string | undefined; readonly onAdd: (title: string) => Promise<boolean> }) {
  const [title, setTitle] = useState("");
  const blocked = props.reason ?? (title.trim() === "" ? t("agenda.add.empty") : undefined);
  const add = async () => {
    if (blocked === undefined && (await props.onAdd(title.trim()))) setTitle("");
  };
  return (
    <form
      class="agenda-add"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label class="field">
        <span>{t("agenda.add")}</span>
        <input
          id="agenda-add"
          value={title}
          maxLength={500}
          placeholder={t("agenda.add.placeholder")}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <Button type="submit" icon="plus" reason={blocked} reasonHidden>
        {t("form.add")}
      </Button>
    </form>
  );
}

/** See the top of this file. */
export function AgendaTab({ meetingId, reason }: TabProps) {
  const agenda = useMeeting(meetingId, "agenda");
  const documents = useMeeting(meetingId, "documents")?.documents ?? [];
  const jobs = useMeeting(meetingId, "rendering")?.jobs ?? [];
  const { items, order, reorder } = useOrder(meetingId, agenda?.items ?? []);
  const [chosenId, choose] = useState<number | undefined>(undefined);
  const chosen = items.find((item) => item.id === chosenId) ?? items[0];
  const step = (by: number) => {
    const to = items[items.findIndex((item) => item.id === chosen?.id) + by];
    if (to) choose(to.id);
  };
  const change = (move: (of: typeof order, id: number) => typeof order) => () => {
    if (chosen && reason === undefined) reorder(move(order, chosen.id));
  };
  useKeys(
    {
      ArrowDown: { label: t("agenda.choose"), run: () => step(1) },
      ArrowUp: { label: t("agenda.choose"), hidden: true, run: () => step(-1) },
      "Alt+ArrowUp": { label: t("agenda.up"), run: change((of, id) => shift(of, id, -1)), reason },
      "Alt+ArrowDown": { label: t("agenda.down"), run: change((of, id) => shift(of, id, 1)), reason },
      "Alt+ArrowRight": { label: t("agenda.indent"), run: change(indent), reason },
      "Alt+ArrowLeft": { label: t("agenda.outdent"), run: change(outdent), reason },
      "+": { label: t("agenda.add"), run: () => document.getElementById("agenda-add")?.focus(), reason },
      e: { label: t("form.edit"), run: () => document.getElementsByName("item-title")[0]?.focus(), reason },
      Delete: { label: t("agenda.remove"), run: () => chosen && askRemove(meetingId, chosen), reason },
    },
    { title: t("prepare.agenda") },
  );
  const add = async (title: string) => {
    const body = { title, rapporteur: "", minutes: 0, internal_note: "" };
    return act(addItem(meetingId, body).then((made) => choose(made.id)));
  };
  return (
    <div class="agenda">
      <section class="agenda-list" aria-label={t("prepare.agenda")}>
        {agenda && items.length === 0 && <p class="empty">{t("agenda.none")}</p>}
        <ul role="listbox" aria-label={t("prepare.agenda")}>
          {items.map((item) => (
            <AgendaRow
              key={item.id}
              item={item}
              chosen={item.id === chosen?.id}
              papers={documents.filter((one) => one.agenda_item_id === item.id).length}
              movable={reason === undefined}
              onChoose={() => choose(item.id)}
              onDrop={(id, where) => reorder(drop(order, id, item.id, where))}
            />
          ))}
        </ul>
        <AddItem reason={reason} onAdd={add} />
        <p class="help">{t("agenda.keys")}</p>
      </section>
      {chosen && (
        <ItemEditor
          key={chosen.id}
          meetingId={meetingId}
          item={chosen}
          documents={documents.filter((one) => one.agenda_item_id === chosen.id)}
          jobs={jobs}
          reason={reason}
          onRemove={() => askRemove(meetingId, chosen)}
        />
      )}
    </div>
  );
}

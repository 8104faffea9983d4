/** One agenda item: texts (saved when a field is left) and its papers. */

import { Button } from "@common/components/Button.tsx";
import { Field } from "@common/components/Field.tsx";
import { useState } from "preact/hooks";
import { changeItem, type ItemIn } from "../calls/meetings.ts";
import { t } from "../i18n/index.ts";
import { unsaved } from "../live.ts";
import { act } from "../parts/act.ts";
import type { DocumentRow, Item } from "../shapes.ts";
import { PaperList } from "./PaperList.tsx";

interface Props {
  readonly meetingId: number;
  readonly item: Item;
  readonly documents: readonly DocumentRow[];
  readonly jobs: readonly { readonly version_id: number; readonly done: number; readonly total: number }[];
  readonly reason: string | undefined;
  readonly onRemove: () => void;
}

interface EditProps {
  /** Found by the key that jumps to it. */
  readonly name?: string;
  readonly label: string;
  readonly value: string;
  readonly limit: number;
  readonly rows?: number;
  readonly type?: "text" | "number";
  readonly reason: string | undefined;
  readonly onSave: (value: string) => Promise<boolean>;
}

/** A field that is saved when it is left or on Enter; a refusal puts the stored text back. */
function Edit({ name, label, value, limit, rows, type = "text", reason, onSave }: EditProps) {
  const [text, setText] = useState<string | undefined>(undefined);
  const shown = text ?? value;
  const save = async () => {
    if (text === undefined) return;
    unsaved.value -= 1;
    if (text.trim() !== value) await onSave(text.trim());
    setText(undefined);
  };
  const common = {
    ...(name ? { name } : {}),
    value: shown,
    maxLength: limit,
    readOnly: reason !== undefined,
    onInput: (event: { currentTarget: { value: string } }) => {
      if (text === undefined) unsaved.value += 1;
      setText(event.currentTarget.value);
    },
    onBlur: () => void save(),
  };
  return (
    <Field label={label}>
      {(control) =>
        rows ? (
          <textarea rows={rows} {...control} {...common} />
        ) : (
          <input
            {...(type === "number" ? { type: "number", min: "0", max: "1440" } : {})}
            {...control}
            {...common}
            onKeyDown={(event) => {
              if (event.key === "Enter") void save();
            }}
          />
        )
      }
    </Field>
  );
}

/** See the top of this file. */
export function ItemEditor({ meetingId, item, documents, jobs, reason, onRemove }: Props) {
  const save = (field: keyof ItemIn) => (value: string) =>
    act(changeItem(meetingId, item.id, { [field]: field === "minutes" ? Number(value) || 0 : value }));
  return (
    <section class="item" aria-label={`${item.number} ${item.title}`}>
      <header class="item-head">
        <h2>{t("agenda.item", { number: item.number })}</h2>
        <Button kind="quiet" icon="trash" onPress={onRemove} reason={reason} reasonHidden>
          {t("agenda.remove")}
        </Button>
      </header>
      <Edit
        name="item-title"
        label={t("agenda.title")}
        value={item.title}
        limit={500}
        rows={2}
        reason={reason}
        onSave={save("title")}
      />
      <div class="item-row">
        <Edit
          label={t("agenda.rapporteur")}
          value={item.rapporteur}
          limit={200}
          reason={reason}
          onSave={save("rapporteur")}
        />
        <Edit
          label={t("agenda.minutes")}
          value={String(item.minutes)}
          limit={4}
          type="number"
          reason={reason}
          onSave={save("minutes")}
        />
      </div>
      <Edit
        label={t("agenda.note")}
        value={item.internal_note}
        limit={4000}
        rows={2}
        reason={reason}
        onSave={save("internal_note")}
      />
      <PaperList meetingId={meetingId} itemId={item.id} documents={documents} jobs={jobs} reason={reason} />
    </section>
  );
}

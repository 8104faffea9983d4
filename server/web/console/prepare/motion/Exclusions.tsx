/** Who is left out of the base, each with a reason from the rule's closed list. */

import { Button } from "@common/components/Button.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { participants } from "../../calls/participants.ts";
import { t } from "../../i18n/index.ts";
import { say } from "../../parts/say.ts";
import { Who } from "../../parts/Who.tsx";
import type { FieldsProps } from "./BallotFields.tsx";
import type { Exclusion } from "./draft.ts";

/** See the top of this file. A rule without such a list leaves nobody out: then nothing is shown. */
export function Exclusions({ meetingId, draft, rule, set }: FieldsProps & { readonly meetingId: number }) {
  const [adding, add] = useState(false);
  const { data } = useLoad(() => participants(meetingId), [meetingId]);
  if (rule.exclusions.length === 0) return null;
  const rows = draft.exclusions;
  const out = new Set(rows.map((one) => one.participant_id));
  const people = (data?.participants ?? [])
    .filter((one) => one.role !== "guest" && !out.has(one.id))
    .map((one) => ({ id: one.id, name: one.name, more: [one.title, one.unit].filter(Boolean).join(", ") }));
  const change = (row: Exclusion, to: Partial<Exclusion>) =>
    set({ exclusions: rows.map((one) => (one === row ? { ...one, ...to } : one)) });
  const first = rule.exclusions.length === 1 ? (rule.exclusions[0]?.code ?? "") : "";
  return (
    <fieldset class="exclusions">
      <legend>{t("motions.exclusions")}</legend>
      <p class="help">{t("motions.exclusions.help")}</p>
      {rows.map((row) => (
        <div key={row.participant_id} class="exclusion">
          <strong>{row.name}</strong>
          <select
            aria-label={t("motions.exclusion.why", { name: row.name })}
            value={row.code}
            onChange={(event) => change(row, { code: event.currentTarget.value })}
          >
            <option value="">{t("motions.exclusion.choose")}</option>
            {rule.exclusions.map((one) => (
              <option key={one.code} value={one.code}>
                {[say(one.text, one.text_en), one.article].filter(Boolean).join(" · ")}
              </option>
            ))}
          </select>
          <input
            type="text"
            maxLength={300}
            aria-label={t("motions.exclusion.note", { name: row.name })}
            placeholder={t("motions.exclusion.note.short")}
            value={row.note}
            onInput={(event) => change(row, { note: event.currentTarget.value })}
          />
          <Button
            kind="quiet"
            icon="trash"
            label={t("motions.exclusion.remove", { name: row.name })}
            onPress={() => set({ exclusions: rows.filter((one) => one !== row) })}
          />
        </div>
      ))}
      {adding ? (
        <Who
          label={t("motions.exclusion.who")}
          people={people}
          who={undefined}
          onWho={(who) => {
            add(false);
            if (who) set({ exclusions: [...rows, { participant_id: who.id, name: who.name, code: first, note: "" }] });
          }}
        />
      ) : (
        <div>
          <Button icon="plus" onPress={() => add(true)}>
            {t("motions.exclusion.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

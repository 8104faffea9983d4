/** Who does not count in the base: chosen by name, with a reason of the rule's closed list and a decision's number. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { PaperExclusionIn } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { participants } from "../calls/participants.ts";
import { setExclusions } from "./calls.ts";
import { said, t } from "./i18n/index.ts";
import { NameSearch } from "./NameSearch.tsx";
import type { Section } from "./shapes.ts";

/** See the top of this file. */
export function ExclusionSheet({ meetingId, vote, onClose }: Section & { readonly onClose: () => void }) {
  const people = useLoad(() => participants(meetingId), [meetingId]).data?.participants ?? [];
  const [rows, setRows] = useState<readonly PaperExclusionIn[]>(
    vote.exclusions.map(({ participant_id, code, reason }) => ({ participant_id, code, reason })),
  );
  const [problem, setProblem] = useState<Problem>();
  const known = (id: number) =>
    people.find((one) => one.id === id)?.name ?? vote.exclusions.find((one) => one.participant_id === id)?.name ?? "";
  const set = (id: number, change: Partial<PaperExclusionIn>) =>
    setRows(rows.map((row) => (row.participant_id === id ? { ...row, ...change } : row)));
  const reason = rows.some((row) => row.reason.trim() === "") ? t("exclusion.noReason") : undefined;
  const save = async () => {
    try {
      await setExclusions(meetingId, vote.id, rows);
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const free = people.filter((one) => one.role !== "guest" && !rows.some((row) => row.participant_id === one.id));
  return (
    <Dialog
      wide
      title={t("exclusion.title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={reason} onPress={save}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      <p class="help">{t("exclusion.help", { citation: vote.rule.citation })}</p>
      {problem && <ProblemNotice problem={problem} />}
      {rows.length === 0 && <p class="empty">{t("exclusion.none")}</p>}
      <ul class="pv-exclusions">
        {rows.map((row) => {
          const name = known(row.participant_id);
          return (
            <li key={row.participant_id}>
              <strong>{name}</strong>
              <select
                aria-label={t("exclusion.why", { name })}
                value={row.code}
                onChange={(event) => set(row.participant_id, { code: event.currentTarget.value })}
              >
                {vote.exclusion_choices.map((one) => (
                  <option key={one.code} value={one.code}>
                    {said(one)}
                  </option>
                ))}
              </select>
              <input
                aria-label={t("exclusion.reason", { name })}
                placeholder={t("exclusion.reason.help")}
                maxLength={300}
                value={row.reason}
                onInput={(event) => set(row.participant_id, { reason: event.currentTarget.value })}
              />
              <Button
                kind="quiet"
                icon="trash"
                label={t("exclusion.remove", { name })}
                onPress={() => setRows(rows.filter((one) => one !== row))}
              />
            </li>
          );
        })}
      </ul>
      <NameSearch
        label={t("exclusion.add")}
        people={free}
        onChoose={(id) =>
          setRows([...rows, { participant_id: id, code: vote.exclusion_choices[0]?.code ?? "", reason: "" }])
        }
      />
    </Dialog>
  );
}

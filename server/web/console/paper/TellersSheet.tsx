/** The tellers: found by name, one of them leads; who stands on a list cannot be one. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { TellerView } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { participants } from "../calls/participants.ts";
import { appoint } from "./calls.ts";
import { t } from "./i18n/index.ts";
import { NameSearch } from "./NameSearch.tsx";

interface Props {
  readonly meetingId: number;
  readonly tellers: readonly TellerView[];
  readonly onClose: () => void;
}

/** See the top of this file. */
export function TellersSheet({ meetingId, tellers, onClose }: Props) {
  const people = useLoad(() => participants(meetingId), [meetingId]).data?.participants ?? [];
  const [ids, setIds] = useState<readonly number[]>(tellers.map((one) => one.participant_id));
  const [head, setHead] = useState<number | undefined>(tellers.find((one) => one.head)?.participant_id);
  const [problem, setProblem] = useState<Problem>();
  const nameOf = (id: number) =>
    people.find((one) => one.id === id)?.name ?? tellers.find((one) => one.participant_id === id)?.name ?? "";
  const save = async () => {
    try {
      await appoint(meetingId, ids, head !== undefined && ids.includes(head) ? head : null);
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      title={t("tellers.title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" onPress={save}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      <p class="help">{t("tellers.help")}</p>
      {problem && <ProblemNotice problem={problem} />}
      {ids.length === 0 && <p class="empty">{t("tellers.none")}</p>}
      <ul class="pv-tellers">
        {ids.map((id) => (
          <li key={id}>
            <strong>{nameOf(id)}</strong>
            <label class="check">
              <input type="radio" name="head" checked={head === id} onChange={() => setHead(id)} />
              {t("tellers.head")}
            </label>
            <Button
              kind="quiet"
              icon="trash"
              label={t("tellers.remove", { name: nameOf(id) })}
              onPress={() => setIds(ids.filter((one) => one !== id))}
            />
          </li>
        ))}
      </ul>
      <NameSearch
        label={t("tellers.add")}
        people={people.filter((one) => !ids.includes(one.id))}
        onChoose={(id) => {
          setIds([...ids, id]);
          if (head === undefined) setHead(id);
        }}
      />
    </Dialog>
  );
}

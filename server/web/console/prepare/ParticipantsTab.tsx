/** The list of participants: search, add, change, remove, import. */

import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useKeys } from "@common/keys.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { type Participant, participants, removeParticipant } from "../calls/participants.ts";
import { formatClock, t, word } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { matches } from "../parts/fold.ts";
import { ImportSheet } from "./ImportSheet.tsx";
import { ParticipantSheet } from "./ParticipantSheet.tsx";
import type { TabProps } from "./Prepare.tsx";

function presence(one: Participant): string {
  if (one.present && one.entered_ms !== null) return t("people.since", { time: formatClock(one.entered_ms) });
  if (one.present) return t("presence.present");
  return one.excused_reason ? `${t("presence.excused")}: ${one.excused_reason}` : t("presence.absent");
}

interface RowProps {
  readonly one: Participant;
  readonly reason: string | undefined;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function Row({ one, reason, onEdit, onRemove }: RowProps) {
  return (
    <tr>
      <td>
        <strong>{one.name}</strong>
        <small>{one.title}</small>
      </td>
      <td>{one.unit}</td>
      <td>{word("role", one.role)}</td>
      <td>{one.entitled ? `✓ ${t("form.yes")}` : `– ${t("form.none")}`}</td>
      <td>{one.seat ?? "–"}</td>
      <td>{presence(one)}</td>
      <td class="row-actions">
        <Button
          kind="quiet"
          icon="pen"
          label={t("people.edit", { name: one.name })}
          onPress={onEdit}
          reason={reason}
          reasonHidden
        />
        <Button
          kind="quiet"
          icon="trash"
          label={t("people.remove", { name: one.name })}
          onPress={onRemove}
          reason={reason}
          reasonHidden
        />
      </td>
    </tr>
  );
}

type Sheet = { readonly kind: "edit"; readonly one: Participant } | { readonly kind: "add" | "import" } | undefined;

/** See the top of this file. */
export function ParticipantsTab({ meetingId, reason }: TabProps) {
  const attendance = useMeeting(meetingId, "attendance"); // it changes with every coming and going: load again then
  const { data, problem, reload } = useLoad(() => participants(meetingId), [meetingId, attendance]);
  const [search, setSearch] = useState("");
  const [sheet, setSheet] = useState<Sheet>(undefined);
  const all = data?.participants ?? [];
  const shown = all.filter((one) => matches(`${one.name} ${one.unit} ${one.seat ?? ""}`, search));
  const close = () => {
    setSheet(undefined);
    reload();
  };
  const remove = (one: Participant) =>
    ask({
      title: t("people.remove", { name: one.name }),
      says: [t("people.remove.says")],
      action: t("form.remove"),
      key: "b",
      danger: true,
      run: () => act(removeParticipant(meetingId, one.id), () => t("people.removed", { name: one.name })).then(reload),
    });
  useKeys(
    {
      "/": { label: t("form.search"), run: () => document.getElementById("people-search")?.focus() },
      "+": { label: t("people.add"), run: () => setSheet({ kind: "add" }), reason },
      i: { label: t("people.import"), run: () => setSheet({ kind: "import" }), reason },
    },
    { title: t("prepare.participants") },
  );
  return (
    <section class="people-page">
      <div class="toolbar">
        <label class="field">
          <span>{t("form.search")}</span>
          <input
            id="people-search"
            type="search"
            value={search}
            placeholder={t("search.placeholder")}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        <Button icon="plus" onPress={() => setSheet({ kind: "add" })} reason={reason} reasonHidden>
          {t("people.add")}
        </Button>
        <Button icon="upload" onPress={() => setSheet({ kind: "import" })} reason={reason} reasonHidden>
          {t("people.import")}
        </Button>
        <span class="toolbar-count">
          {t("people.count", { n: all.length, entitled: all.filter((one) => one.entitled).length })}
        </span>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {data && all.length === 0 && <p class="empty">{t("people.none")}</p>}
      {all.length > 0 && shown.length === 0 && <p class="empty">{t("search.none", { text: search })}</p>}
      {shown.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {(["name", "unit", "role", "entitled", "seat", "presence"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`people.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span class="visually-hidden">{t("form.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row
                key={one.id}
                one={one}
                reason={reason}
                onEdit={() => setSheet({ kind: "edit", one })}
                onRemove={() => remove(one)}
              />
            ))}
          </tbody>
        </table>
      )}
      {sheet?.kind === "add" && <ParticipantSheet meetingId={meetingId} one={undefined} onClose={close} />}
      {sheet?.kind === "edit" && <ParticipantSheet meetingId={meetingId} one={sheet.one} onClose={close} />}
      {sheet?.kind === "import" && <ImportSheet meetingId={meetingId} onClose={close} />}
    </section>
  );
}

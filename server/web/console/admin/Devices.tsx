/** Devices of a unit: enrol a wall, door or seat with a one-time code; revoke. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { myMeetings } from "../calls/meetings.ts";
import { addDevice, type DeviceAdded, type DeviceRow, devices, revokeDevice } from "../calls/people.ts";
import { formatClock, formatDate, t, word } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { UnitSelect } from "../parts/UnitSelect.tsx";

const KINDS = ["wall", "door", "seat"] as const;

function Added({ added }: { readonly added: DeviceAdded }) {
  return (
    <>
      <p>{t("devices.code.help")}</p>
      <p class="once-code mono">{`${added.code.slice(0, 4)} ${added.code.slice(4)}`}</p>
      <p>{t("devices.url.help")}</p>
      <p class="mono">{added.url}</p>
    </>
  );
}

function AddSheet({ unit, onClose }: { readonly unit: number; readonly onClose: () => void }) {
  const [kind, setKind] = useState<string>("wall");
  const [name, setName] = useState("");
  const [meeting, setMeeting] = useState<number | null>(null);
  const [added, setAdded] = useState<DeviceAdded | undefined>(undefined);
  const meetings = useLoad(myMeetings, []).data?.meetings ?? [];
  const reason = name.trim() === "" ? t("form.required") : undefined;
  const add = () => act(addDevice(unit, { kind, name: name.trim(), meeting_id: meeting }).then(setAdded));
  const actions = added ? (
    <Button kind="primary" onPress={onClose}>
      {t("action.close")}
    </Button>
  ) : (
    <>
      <Button onPress={onClose}>{t("action.cancel")}</Button>
      <Button kind="primary" onPress={add} reason={reason}>
        {t("devices.makeCode")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("devices.add")} onClose={onClose} actions={actions}>
      {added ? (
        <Added added={added} />
      ) : (
        <>
          <Field label={t("devices.kind")}>
            {(control) => (
              <select {...control} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
                {KINDS.map((one) => (
                  <option key={one} value={one}>
                    {word("surface", one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <TextField
            label={t("devices.name")}
            hint={t("devices.name.help")}
            value={name}
            onValue={setName}
            input={{ maxLength: 120, autofocus: true }}
          />
          <Field label={t("devices.meeting")} hint={t("devices.meeting.help")}>
            {(control) => (
              <select
                {...control}
                value={meeting ?? ""}
                onChange={(event) => setMeeting(Number(event.currentTarget.value) || null)}
              >
                <option value="">{t("devices.anyMeeting")}</option>
                {meetings
                  .filter((one) => one.state !== "closed")
                  .map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title}
                    </option>
                  ))}
              </select>
            )}
          </Field>
        </>
      )}
    </Dialog>
  );
}

function state(one: DeviceRow): string {
  if (one.enrolled_ms !== null) return `✓ ${t("devices.enrolled", { date: formatDate(one.enrolled_ms) })}`;
  if (one.code_expires_ms === null) return t("devices.waiting");
  return t("devices.until", { time: formatClock(one.code_expires_ms), date: formatDate(one.code_expires_ms) });
}

/** An edge speaks every few seconds: when it was heard last, and its version. */
function heard(one: DeviceRow): string {
  if (one.kind !== "edge" || one.enrolled_ms === null) return "";
  if (one.heard_ms === null) return t("devices.silent");
  const last = t("devices.heard", { time: formatClock(one.heard_ms) });
  return one.version === "" ? last : `${last} · ${t("devices.version", { version: one.version })}`;
}

/** See the top of this file. */
export function Devices() {
  const [unit, setUnit] = useState<number | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const load = async () => (unit === undefined ? { devices: [] } : devices(unit));
  const { data, problem, reload } = useLoad(load, [unit]);
  const revoke = (one: DeviceRow) =>
    ask({
      title: t("devices.revoke.title", { name: one.name }),
      says: [t("devices.revoke.says")],
      action: t("devices.revoke"),
      key: "h",
      danger: true,
      run: () => act(revokeDevice(unit ?? 0, one.id), () => t("form.saved")).then(reload),
    });
  return (
    <section class="persons">
      <div class="toolbar">
        <UnitSelect label={t("people.unit")} value={unit} onValue={setUnit} />
        <Button kind="primary" icon="plus" onPress={() => setAdding(true)}>
          {t("devices.add")}
        </Button>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {data?.devices.length === 0 && <p class="empty">{t("devices.none")}</p>}
      <table class="table">
        <tbody>
          {data?.devices.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.name}</th>
              <td>{word("surface", one.kind)}</td>
              <td>
                {state(one)}
                {heard(one) !== "" && <div class="muted">{heard(one)}</div>}
              </td>
              <td class="row-actions">
                <Button kind="quiet" onPress={() => revoke(one)}>
                  {t("devices.revoke")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {adding && unit !== undefined && (
        <AddSheet
          unit={unit}
          onClose={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
    </section>
  );
}

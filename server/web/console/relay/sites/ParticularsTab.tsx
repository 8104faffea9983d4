/** Name, place and people of a site, and the meeting on this server whose screens may show the relay. */

import { Button } from "@common/components/Button.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import type { SitePatch } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { myMeetings } from "../../calls/meetings.ts";
import { units } from "../../calls/people.ts";
import { act } from "../../parts/act.ts";
import { changeSite } from "./calls.ts";
import { t } from "./i18n/index.ts";
import type { TabProps } from "./SiteSheet.tsx";

const PHONE = /^[0-9+(). ext/-]*$/; // server/relay/bodies.py

type Texts = Required<
  Pick<SitePatch, "name" | "address" | "contact" | "contact_phone" | "technician" | "technician_phone">
>;
type TextName = keyof Texts;

interface Line {
  readonly name: TextName;
  readonly label: `field.${"name" | "address" | "contact" | "contact.phone" | "technician" | "technician.phone"}`;
  readonly most: number;
}

const LINES: readonly Line[] = [
  { name: "name", label: "field.name", most: 200 },
  { name: "address", label: "field.address", most: 300 },
  { name: "contact", label: "field.contact", most: 120 },
  { name: "contact_phone", label: "field.contact.phone", most: 40 },
  { name: "technician", label: "field.technician", most: 120 },
  { name: "technician_phone", label: "field.technician.phone", most: 40 },
];

const isPhone = (name: TextName) => name.endsWith("_phone");

/** See the top of this file. */
export function ParticularsTab({ meetingId, site, reason, onSaved }: TabProps) {
  const [texts, setTexts] = useState<Record<TextName, string>>({ ...site });
  const [local, setLocal] = useState(site.local_meeting_id ?? 0);
  const unit = useLoad(units, []).data?.units.find((one) => one.id === site.unit_id);
  const empty = texts.name.trim() === "" ? t("form.required") : undefined;
  const wrong = LINES.some(({ name }) => isPhone(name) && !PHONE.test(texts[name]))
    ? t("field.phone.wrong")
    : undefined;
  const why = reason ?? empty ?? wrong;
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (why !== undefined) return;
    const changed = LINES.filter(({ name }) => texts[name].trim() !== site[name]);
    const body: SitePatch = Object.fromEntries(changed.map(({ name }) => [name, texts[name].trim()]));
    if (local !== (site.local_meeting_id ?? 0)) body.local_meeting_id = local;
    if (await act(changeSite(meetingId, site.id, body), () => t("form.saved"))) onSaved();
  };
  return (
    <form class="st-part" onSubmit={save}>
      <p>
        <small>{t("field.unit")}</small>{" "}
        <strong>{unit?.name ?? (site.unit_id === null ? t("field.unit.none") : "")}</strong>
      </p>
      <div class="st-fields">
        {LINES.map(({ name, label, most }) => (
          <TextField
            key={name}
            label={t(label)}
            value={texts[name]}
            onValue={(value) => setTexts({ ...texts, [name]: value })}
            error={isPhone(name) && !PHONE.test(texts[name]) ? t("field.phone.wrong") : undefined}
            input={{ maxLength: most, ...(isPhone(name) ? { type: "tel" as const } : {}) }}
          />
        ))}
      </div>
      <LocalMeeting meetingId={meetingId} value={local} current={site.local_meeting} onValue={setLocal} />
      <Button type="submit" kind="primary" class="st-foot" reason={why}>
        {t("form.save")}
      </Button>
    </form>
  );
}

interface LocalProps {
  readonly meetingId: number;
  readonly value: number;
  /** The title of the one that is attached now; it may be one this account does not see. */
  readonly current: string;
  readonly onValue: (id: number) => void;
}

function LocalMeeting({ meetingId, value, current, onValue }: LocalProps) {
  const all = useLoad(myMeetings, []).data?.meetings ?? [];
  const open = all.filter((one) => one.id !== meetingId && one.can_manage && one.state !== "closed");
  const known = value === 0 || open.some((one) => one.id === value);
  return (
    <Field label={t("field.local")} hint={t("field.local.help")}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onValue(Number(event.currentTarget.value))}>
          <option value={0}>{t("field.local.none")}</option>
          {!known && <option value={value}>{current}</option>}
          {open.map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.title} (${one.unit})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Whether a site is let in and who decides, the best rung it may have, and how many people it told by telephone. */

import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { useState } from "preact/hooks";
import { act } from "../../parts/act.ts";
import type { Rung, SiteDetail } from "../shapes.ts";
import { admit, countHeads } from "./calls.ts";
import { formatClock, t, word } from "./i18n/index.ts";
import type { TabProps } from "./SiteSheet.tsx";

const WAYS = ["verdict", "admitted", "refused"] as const;
const CAPS: readonly Rung[] = ["top", "low", "audio"];
const MOST_PEOPLE = 100_000;

/** See the top of this file. */
export function AdmissionTab(props: TabProps) {
  return (
    <div class="st-columns">
      <Admission {...props} />
      <div class="st-part">
        <Outcome site={props.site} />
        <Heads {...props} />
      </div>
    </div>
  );
}

function Admission({ meetingId, site, reason, onSaved }: TabProps) {
  const [admission, setAdmission] = useState(site.admission);
  const [why, setWhy] = useState(site.admission_reason);
  const [cap, setCap] = useState(site.cap);
  const byHand = admission !== "verdict";
  const missing = byHand && why.trim() === "" ? t("admission.reason.missing") : undefined;
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (reason ?? missing) return;
    const body = { admission, reason: byHand ? why.trim() : "", cap };
    if (await act(admit(meetingId, site.id, body), () => t("form.saved"))) onSaved();
  };
  return (
    <form class="st-part" onSubmit={save}>
      <fieldset>
        <legend>{t("admission.who")}</legend>
        {WAYS.map((one) => (
          <label key={one} class="check">
            <input type="radio" name="admission" checked={admission === one} onChange={() => setAdmission(one)} />
            {t(`admission.${one}`)}
          </label>
        ))}
      </fieldset>
      {byHand && (
        <TextField
          label={t("admission.reason")}
          hint={t("admission.reason.help")}
          value={why}
          onValue={setWhy}
          input={{ maxLength: 300 }}
        />
      )}
      <fieldset>
        <legend>{t("admission.cap")}</legend>
        <div class="st-caps">
          {(CAPS.includes(site.cap) ? CAPS : [...CAPS, site.cap]).map((one) => (
            <label key={one} class="check">
              <input type="radio" name="cap" checked={cap === one} onChange={() => setCap(one)} />
              {word("rung", one)}
            </label>
          ))}
        </div>
      </fieldset>
      <Button type="submit" kind="primary" reason={reason ?? missing}>
        {t("form.save")}
      </Button>
    </form>
  );
}

function Outcome({ site }: { readonly site: SiteDetail }) {
  return (
    <div class="st-outcome" role="status">
      <strong>
        {site.allowed === "none" ? t("admission.now.none") : t("admission.now", { rung: word("rung", site.allowed) })}
      </strong>
      {site.held !== "top" && <p>{t("admission.held", { rung: word("rung", site.held) })}</p>}
      <p>{site.verdict === "" ? t("admission.untested") : t("admission.judged", { letter: site.verdict })}</p>
      {site.verdict !== "" && <p>{site.may_speak ? t("admission.speaks") : t("admission.mute")}</p>}
    </div>
  );
}

/** A whole number of people, or undefined. */
export function peopleIn(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^[0-9]{1,6}$/.test(trimmed)) return undefined;
  const people = Number(trimmed);
  return people <= MOST_PEOPLE ? people : undefined;
}

function Heads({ meetingId, site, reason, onSaved }: TabProps) {
  const [text, setText] = useState("");
  const people = peopleIn(text);
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (reason !== undefined || people === undefined) return;
    if (!(await act(countHeads(meetingId, site.id, people), () => t("form.saved")))) return;
    setText("");
    onSaved();
  };
  return (
    <form class="st-part" onSubmit={save}>
      <h3>{t("heads.title")}</h3>
      <p>
        {site.headcount_ms === null
          ? t("heads.none")
          : t("heads.at", { n: site.headcount, time: formatClock(site.headcount_ms) })}
      </p>
      <TextField
        label={t("heads.people")}
        value={text}
        onValue={setText}
        error={text !== "" && people === undefined ? t("heads.wrong") : undefined}
        input={{ inputMode: "numeric", maxLength: 6, autocomplete: "off" }}
      />
      <Button type="submit" reason={reason ?? (people === undefined ? t("heads.wrong") : undefined)} reasonHidden>
        {t("heads.save")}
      </Button>
    </form>
  );
}

/** What a room does in the conference: says how many came, asks to speak, and speaks when it is called. */

import { post, put, remove } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toastRefusal } from "@common/components/Toast.tsx";
import type { OwnSite } from "@common/types.gen.ts";
import { useEffect, useState } from "preact/hooks";
import { closeRoom, openRoom, own } from "./camera.ts";
import { t } from "./i18n/index.ts";
import { Choice, Mirror, Trouble } from "./Preview.tsx";
import { hush, speak, speaking, whyNot } from "./speak.ts";
import { whole } from "./test/flow.ts";

interface Place {
  readonly meeting: number;
  readonly site: OwnSite;
  readonly changed: () => void;
}

export interface FloorProps extends Place {
  /** Since when this site has the floor (ms, server time), as it is pushed; null: it has not; undefined: unknown. */
  readonly floorSince: number | null | undefined;
}

function People({ meeting, site, changed }: Place) {
  const [text, setText] = useState(site.headcount_ms === null ? "" : String(site.headcount));
  const people = whole(text);
  const send = () => put(`/api/meetings/${meeting}/relay/site/headcount`, { people }).then(changed).catch(toastRefusal);
  return (
    <div class="site-people">
      <TextField
        label={t("people.count")}
        value={text}
        onValue={setText}
        input={{ inputMode: "numeric", maxLength: 5 }}
      />
      <Button onPress={send} reason={people === null ? t("people.number") : undefined}>
        {t("people.send")}
      </Button>
    </div>
  );
}

/** Camera and microphone before the room is heard: nobody else sees this. */
function Try() {
  if (own.value !== undefined) return <Button onPress={closeRoom}>{t("camera.close")}</Button>;
  return (
    <Button onPress={openRoom} icon="play">
      {t("camera.try")}
    </Button>
  );
}

/** The one next step of a room that was called: see yourself, then go out. */
function Step({ meeting }: { readonly meeting: number }) {
  const state = speaking.value;
  if (state !== "off") return <p>{t(`floor.${state}`)}</p>;
  if (own.value === undefined)
    return (
      <Button kind="primary" size="large" onPress={openRoom}>
        {t("floor.open")}
      </Button>
    );
  return (
    <Button kind="primary" size="large" onPress={() => speak(meeting)}>
      {t("floor.speak")}
    </Button>
  );
}

function Ask({ meeting, site, changed }: Place) {
  const ask = () => post(`/api/meetings/${meeting}/relay/site/floor`, {}).then(changed).catch(toastRefusal);
  const running = site.state === "rehearsal" || site.state === "live";
  const reason = !running ? t("floor.notYet") : site.may_speak ? undefined : t("verdict.mute");
  return (
    <Button wide icon="bell" onPress={ask} reason={reason}>
      {t("floor.ask")}
    </Button>
  );
}

/** The floor's words and its one next step. Whoever lost the floor is off at once. */
function Speaking({ meeting, site, floorSince, changed }: FloorProps) {
  const place = `/api/meetings/${meeting}/relay/site/floor`;
  const called = floorSince === undefined ? site.request === "speaking" : floorSince !== null;
  const since = called ? (floorSince ?? 0) : null;
  useEffect(() => (since === null ? undefined : hush), [since]); // taken, or taken and given again: it is over
  const leave = () => {
    hush();
    return remove(place).then(changed).catch(toastRefusal);
  };
  if (!called && site.request === "none") return <Ask meeting={meeting} site={site} changed={changed} />;
  return (
    <div class="site-floor" data-called={called}>
      <strong role="status">
        {called ? t("floor.yours") : t("floor.waiting", { place: site.request_place ?? 1 })}
      </strong>
      <Mirror onAir={speaking.value === "on"} />
      {called ? <Step meeting={meeting} /> : <Try />}
      <Trouble />
      {whyNot.value !== undefined && <ProblemNotice problem={whyNot.value} />}
      {speaking.value === "off" && <Choice />}
      <Button kind="quiet" onPress={leave}>
        {called ? t("floor.leave") : t("floor.withdraw")}
      </Button>
    </div>
  );
}

/** See the top of this file. */
export function Floor(props: FloorProps) {
  return (
    <>
      <Speaking {...props} />
      <People {...props} />
    </>
  );
}

/** What a room does in the conference: says how many came, asks to speak, and speaks when it is called. */

import { post, put, remove } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice, toastRefusal } from "@common/components/Toast.tsx";
import type { OwnSite } from "@common/types.gen.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "./i18n/index.ts";
import { hush, own, speak, speaking, whyNot } from "./speak.ts";
import { whole } from "./test/flow.ts";

export interface FloorProps {
  readonly meeting: number;
  readonly site: OwnSite;
  readonly changed: () => void;
}

function People({ meeting, site, changed }: FloorProps) {
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

function Mirror() {
  const video = useRef<HTMLVideoElement>(null);
  const stream = own.value;
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream ?? null;
  }, [stream]);
  if (stream === undefined) return null;
  return <video class="site-picture" ref={video} autoplay playsInline muted aria-label={t("floor.mirror")} />;
}

/** The floor's words and its one button. Whoever lost the floor is off at once. */
function Speaking({ meeting, site, changed }: FloorProps) {
  const place = `/api/meetings/${meeting}/relay/site/floor`;
  const called = site.request === "speaking";
  useEffect(() => {
    if (!called) hush();
  }, [called]);
  const ask = () => post(place, {}).then(changed).catch(toastRefusal);
  const leave = () => {
    hush();
    return remove(place).then(changed).catch(toastRefusal);
  };
  if (site.request === "none") {
    const running = site.state === "rehearsal" || site.state === "live";
    const reason = !running ? t("floor.notYet") : site.may_speak ? undefined : t("verdict.mute");
    return (
      <Button wide icon="bell" onPress={ask} reason={reason}>
        {t("floor.ask")}
      </Button>
    );
  }
  return (
    <div class="site-floor" data-called={called}>
      <strong role="status">
        {called ? t("floor.yours") : t("floor.waiting", { place: site.request_place ?? 1 })}
      </strong>
      {called && speaking.value === "off" && (
        <Button kind="primary" size="large" onPress={() => speak(meeting)}>
          {t("floor.open")}
        </Button>
      )}
      {called && speaking.value !== "off" && <p>{t(`floor.${speaking.value}`)}</p>}
      {whyNot.value !== undefined && <ProblemNotice problem={whyNot.value} />}
      <Mirror />
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

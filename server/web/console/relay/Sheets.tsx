/** Forms of the relay: the conference, a source with its probe, an incident. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { create, noteIncident, probe, setSource } from "./calls.ts";
import { t } from "./i18n/index.ts";
import { costText, probeText } from "./Side.tsx";
import type { Probed, Source, SourceIn } from "./shapes.ts";

interface SheetProps {
  readonly title: string;
  readonly reason: string | undefined;
  readonly save: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

function Sheet({ title, reason, save, onClose, children }: SheetProps) {
  const [problem, setProblem] = useState<Problem>();
  const go = async (event?: Event) => {
    event?.preventDefault();
    if (reason !== undefined) return;
    try {
      await save();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog wide title={title} onClose={onClose}>
      <form onSubmit={go}>
        {problem && <ProblemNotice problem={problem} />}
        {children}
        <div class="dialog-actions">
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" kind="primary" reason={reason}>
            {t("form.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface Props {
  readonly meetingId: number;
  readonly onClose: () => void;
}

const ORGANISERS = ["central", "province"] as const;

/** A new conference. */
export function ConferenceSheet({ meetingId, onClose }: Props) {
  const [name, setName] = useState("");
  const [organiser, setOrganiser] = useState<(typeof ORGANISERS)[number]>("central");
  const [phone, setPhone] = useState("");
  return (
    <Sheet
      title={t("none.make")}
      reason={name.trim() === "" ? t("form.required") : undefined}
      save={() => create(meetingId, { name: name.trim(), organiser, phone })}
      onClose={onClose}
    >
      <TextField label={t("form.name")} value={name} onValue={setName} input={{ maxLength: 300, autofocus: true }} />
      <Field label={t("form.organiser")}>
        {(control) => (
          <select
            {...control}
            value={organiser}
            onChange={(event) => setOrganiser(event.currentTarget.value as typeof organiser)}
          >
            {ORGANISERS.map((one) => (
              <option key={one} value={one}>
                {t(`organiser.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={t("form.phone")}
        hint={t("form.phone.help")}
        value={phone}
        onValue={setPhone}
        input={{ type: "tel", maxLength: 40 }}
      />
    </Sheet>
  );
}

const WAYS = ["rtsp", "rtmp", "srt", "hls", "mpegts", "device", "whip", "file"] as const;

interface SourceProps extends Props {
  readonly name: Source["key"];
  readonly source: Source | undefined;
}

/** A source: what it is, where it comes from, and a try before it counts. */
export function SourceSheet({ meetingId, name, source, onClose }: SourceProps) {
  const [kind, setKind] = useState<SourceIn["kind"]>((source?.kind as SourceIn["kind"]) ?? "rtsp");
  const [address, setAddress] = useState("");
  const [listen, setListen] = useState(source?.listen ?? false);
  const [tried, setTried] = useState<Probed | Problem>();
  const kept = source?.kind === kind && address.trim() === "";
  const reason = kind === "whip" || listen || address.trim() !== "" || kept ? undefined : t("form.required");
  const body: SourceIn = { kind, listen, ...(kept ? {} : { address: address.trim() }) };
  const look = () => probe(meetingId, name, body).then(setTried, (error: unknown) => setTried(asProblem(error)));
  return (
    <Sheet title={t(`source.${name}`)} reason={reason} save={() => setSource(meetingId, name, body)} onClose={onClose}>
      <Field label={t("source.kind")}>
        {(control) => (
          <select
            {...control}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as SourceIn["kind"])}
          >
            {WAYS.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={t("source.address")}
        hint={kept ? t("source.address.kept", { address: source.address }) : t("source.address.help")}
        value={address}
        onValue={setAddress}
        input={{ maxLength: 500 }}
      />
      <label class="check">
        <input type="checkbox" checked={listen} onChange={(event) => setListen(event.currentTarget.checked)} />
        <span>{t("source.listen")}</span>
      </label>
      <Button reason={reason} onPress={look}>
        {t("probe.go")}
      </Button>
      {tried && <Tried tried={tried} />}
    </Sheet>
  );
}

function Tried({ tried }: { readonly tried: Probed | Problem }) {
  if ("status" in tried) return <ProblemNotice problem={tried} />;
  if (tried.probe === null) return <p role="status">{tried.why || t("probe.nothing")}</p>;
  return (
    <p role="status">
      {t("probe.good", { what: probeText(tried.probe) })} {"·"} {costText(tried)}
    </p>
  );
}

/** An incident somebody saw. */
export function IncidentSheet({ meetingId, onClose }: Props) {
  const [text, setText] = useState("");
  return (
    <Sheet
      title={t("incident.add")}
      reason={text.trim() === "" ? t("incident.empty") : undefined}
      save={() => noteIncident(meetingId, text.trim())}
      onClose={onClose}
    >
      <TextField
        label={t("incident.text")}
        value={text}
        onValue={setText}
        input={{ maxLength: 500, autofocus: true }}
      />
    </Sheet>
  );
}

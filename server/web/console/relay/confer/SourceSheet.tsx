/** A source: what it is, where it comes from, and a try before it counts. */

import { Button } from "@common/components/Button.tsx";
import { Field, TextField } from "@common/components/Field.tsx";
import type { SourceChoices } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { probe, setSource } from "../calls.ts";
import { Sheet } from "../Sheets.tsx";
import type { Probed, Source } from "../shapes.ts";
import { choices } from "./calls.ts";
import { t } from "./i18n/index.ts";
import { askedOf, sourceOf } from "./model.ts";
import { Check, Choice } from "./OptionsSheet.tsx";
import { useTry } from "./Probe.tsx";

const WAYS = ["rtsp", "rtmp", "srt", "hls", "mpegts", "device", "whip", "file"] as const;
type Way = (typeof WAYS)[number];

interface Props {
  readonly meetingId: number;
  readonly name: Source["key"];
  readonly source: Source | undefined;
  readonly onClose: () => void;
}

/** See above. */
export function SourceSheet({ meetingId, name, source, onClose }: Props) {
  const [form, setForm] = useState({
    kind: source?.kind ?? "rtsp",
    address: "",
    listen: source?.listen ?? false,
    transport: source?.transport ?? "tcp",
    sound: source?.sound ?? "",
  });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const asked = askedOf(form.kind, form.listen);
  const kept = source !== undefined && source.kind === form.kind && source.listen === form.listen;
  const filled = asked.address === "none" || form.address.trim() !== "" || kept;
  const reason = filled ? undefined : t("form.required");
  const body = sourceOf(form, kept);
  return (
    <Sheet title={t(`source.${name}`)} reason={reason} save={() => setSource(meetingId, name, body)} onClose={onClose}>
      <Choice
        label={t("source.kind")}
        value={form.kind}
        values={WAYS.map((one) => [one, t(`kind.${one}`)])}
        onValue={(kind) => set({ kind, address: "" })}
      />
      <p class="rc-explain">{t(`ways.${form.kind as Way}`)}</p>
      {asked.listen && (
        <Check
          label={t("source.listen")}
          hint={t("source.listen.help")}
          value={form.listen}
          onValue={(listen) => set({ listen })}
        />
      )}
      {asked.address === "text" && (
        <TextField
          label={t("source.address")}
          hint={kept ? t("source.address.kept", { address: source.address }) : t("source.address.help")}
          value={form.address}
          onValue={(address) => set({ address })}
          input={{ maxLength: 500 }}
        />
      )}
      <Chosen meetingId={meetingId} asked={asked} form={form} kept={kept ? source : undefined} set={set} />
      {asked.transport && (
        <Choice
          label={t("source.transport")}
          hint={t("source.transport.help")}
          value={form.transport}
          values={[
            ["tcp", "TCP"],
            ["udp", "UDP"],
          ]}
          onValue={(transport) => set({ transport })}
        />
      )}
      <TryIt look={() => probe(meetingId, name, body)} asked={JSON.stringify(body)} reason={reason} />
    </Sheet>
  );
}

interface ChosenProps {
  readonly meetingId: number;
  readonly asked: ReturnType<typeof askedOf>;
  readonly form: { readonly address: string; readonly sound: string };
  readonly kept: Source | undefined;
  readonly set: (part: { address?: string; sound?: string }) => void;
}

type Rows = readonly (readonly [string, string])[];

function rowsOf(found: SourceChoices | undefined, file: boolean): Rows {
  if (file)
    return (found?.files ?? []).map((one) => [one.name, t("choose.file", { name: one.name, n: one.megabytes })]);
  return (found?.devices ?? []).map((one) => [one.value, [one.value, one.name].filter(Boolean).join(" · ")]);
}

/** A file of the relay's folder or a device of this machine, from what there is. */
function Chosen({ meetingId, asked, form, kept, set }: ChosenProps) {
  const group = asked.address === "file" ? "files" : "devices";
  const wanted = asked.address === "file" || asked.address === "device";
  const found = useLoad(() => (wanted ? choices(meetingId) : Promise.resolve(undefined)), [wanted]).data;
  if (!wanted) return null;
  const rows = rowsOf(found, asked.address === "file");
  const none = found !== undefined && rows.length === 0;
  return (
    <>
      <Choice
        label={t(`choose.${group}`)}
        hint={t(none ? `choose.${group}.none` : `choose.${group}.help`)}
        value={form.address || (kept?.address ?? "")}
        values={[["", t("choose.first")], ...rows]}
        onValue={(address) => set({ address })}
      />
      {asked.sound && <Sounds sounds={found?.sounds ?? []} value={form.sound} onValue={(sound) => set({ sound })} />}
    </>
  );
}

interface SoundsProps {
  readonly sounds: readonly { readonly value: string; readonly name: string }[];
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function Sounds({ sounds, value, onValue }: SoundsProps) {
  return (
    <Field label={t("source.sound")} hint={t("source.sound.help")}>
      {(control) => (
        <>
          <input
            {...control}
            list="relay-sounds"
            value={value}
            onInput={(event) => onValue(event.currentTarget.value)}
          />
          <datalist id="relay-sounds">
            {sounds.map((one) => (
              <option key={one.value} value={one.value} label={one.name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

interface TryProps {
  readonly look: () => Promise<Probed>;
  /** What is tried: the answer holds for nothing else. */
  readonly asked: string;
  readonly reason: string | undefined;
}

function TryIt({ look, asked, reason }: TryProps) {
  const { go, answer } = useTry(look, asked);
  return (
    <div class="rc-try">
      <Button reason={reason} reasonHidden onPress={go}>
        {t("probe.go")}
      </Button>
      {answer}
    </div>
  );
}

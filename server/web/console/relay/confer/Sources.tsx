/** The two sources: how each is, what it sends and costs, a try, and what its encoder is to be told. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import { probe } from "../calls.ts";
import { runs } from "../model.ts";
import type { Conference, RelayBoard, Source } from "../shapes.ts";
import { dropSource, entry } from "./calls.ts";
import { formatDate, formatTime, t, word } from "./i18n/index.ts";
import { Facts, useTry } from "./Probe.tsx";

const KEYS = ["primary", "backup"] as const;

interface Props {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  readonly reason: string | undefined;
  readonly onSource: (key: Source["key"]) => void;
}

/** See above. */
export function Sources(props: Props) {
  return (
    <>
      {KEYS.map((key) => (
        <Card key={key} name={key} {...props} />
      ))}
    </>
  );
}

function Card({ meetingId, name, conference, board, reason, onSource }: Props & { readonly name: Source["key"] }) {
  const source = conference.sources.find((one) => one.key === name);
  const now = runs(conference) ? board?.sources.find((one) => one.key === name) : undefined; // the last report stays
  const state = now?.state ?? "off";
  return (
    <section class={`rs-source rs-source-${state}`} aria-label={t(`source.${name}`)}>
      <p>
        <strong>{t(`source.${name}`)}</strong>{" "}
        {source ? `${word("kind", source.kind)} · ${word("source.state", state)}` : t("source.none")}
      </p>
      {now?.why && <p class="rs-why">{word("why.source", now.why)}</p>}
      {now?.probe && <Facts probe={now.probe} made={now} kbps={now.kbps} />}
      {(now?.reconnects ?? 0) > 0 && <small>{t("source.reconnects", { n: now?.reconnects ?? 0 })}</small>}
      {source ? (
        <Tools meetingId={meetingId} source={source} reason={reason} onEdit={() => onSource(name)} />
      ) : (
        <Button kind="quiet" icon="plus" reason={reason} reasonHidden onPress={() => onSource(name)}>
          {t("source.add")}
        </Button>
      )}
    </section>
  );
}

interface ToolsProps {
  readonly meetingId: number;
  readonly source: Source;
  readonly reason: string | undefined;
  readonly onEdit: () => void;
}

function Tools({ meetingId, source, reason, onEdit }: ToolsProps) {
  const [told, setTold] = useState(false);
  const called = source.kind === "whip" || source.listen;
  const { kind, listen, transport, sound } = source;
  const body = { kind: kind as "rtsp", listen, transport: transport as "tcp", sound };
  const { go, answer } = useTry(() => probe(meetingId, source.key, body), JSON.stringify(source));
  return (
    <>
      <div class="buttons">
        <Button kind="quiet" icon="search" reason={reason} reasonHidden onPress={go}>
          {t("probe.short")}
        </Button>
        {called && (
          <Button kind="quiet" icon="info" reason={reason} reasonHidden onPress={() => setTold(true)}>
            {t("entry.show")}
          </Button>
        )}
        <Button kind="quiet" icon="pen" reason={reason} reasonHidden onPress={onEdit}>
          {t("form.edit")}
        </Button>
        <Button
          kind="quiet"
          icon="trash"
          label={t("source.drop", { name: t(`source.${source.key}`) })}
          reason={reason}
          reasonHidden
          onPress={() => askDrop(meetingId, source)}
        />
      </div>
      {answer}
      {told && <EntrySheet meetingId={meetingId} source={source} onClose={() => setTold(false)} />}
    </>
  );
}

function askDrop(meetingId: number, source: Source): void {
  const name = t(`source.${source.key}`);
  ask({
    title: t("source.drop", { name }),
    says: [t("source.drop.says")],
    action: t("source.drop", { name }),
    key: "x",
    danger: true,
    run: () => act(dropSource(meetingId, source.key), () => t("source.dropped", { name })),
  });
}

interface EntryProps {
  readonly meetingId: number;
  readonly source: Source;
  readonly onClose: () => void;
}

/** What is typed into an encoder that calls the server; each showing is in the journal. */
function EntrySheet({ meetingId, source, onClose }: EntryProps) {
  const { data, problem } = useLoad(() => entry(meetingId, source.key), [meetingId, source.key]);
  const secret = data && (data.token || data.key);
  return (
    <Dialog
      wide
      title={t("entry.title", { name: t(`source.${source.key}`) })}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t("action.close")}</Button>}
    >
      {problem && <ProblemNotice problem={problem} />}
      {data && (
        <>
          <p class="rc-explain">{t(`entry.how.${source.kind as "rtmp" | "rtsp" | "srt" | "whip"}`)}</p>
          <Copied label={t("entry.url")} text={data.url} />
          {secret && <Copied label={t(data.token ? "entry.token" : "entry.key")} text={secret} />}
          {data.expires_ms !== null && (
            <p>{t("entry.expires", { time: formatTime(data.expires_ms), date: formatDate(data.expires_ms) })}</p>
          )}
          <p class="ask-warning">{t("entry.secret")}</p>
        </>
      )}
    </Dialog>
  );
}

function Copied({ label, text }: { readonly label: string; readonly text: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast("good", () => t("entry.copied"));
    } catch {
      toast("warn", () => t("entry.copyByHand")); // only a page over HTTPS may write to the clipboard
    }
  };
  return (
    <div class="rc-copied">
      <span>{label}</span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and a keyboard must reach it */}
      <code tabIndex={0}>{text}</code>
      <Button kind="quiet" onPress={copy}>
        {t("entry.copy")}
      </Button>
    </div>
  );
}

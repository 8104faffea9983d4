/** Papers of an item: drop or choose PDFs, see how far they are, read why one was refused, rename, replace, take back. */

import { Button } from "@common/components/Button.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { useRef, useState } from "preact/hooks";
import { documentFile, removeDocument, renameDocument, uploadDocument, uploadVersion } from "../calls/documents.ts";
import { formatBytes, language, t } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { follow } from "../parts/jobs.ts";
import type { DocumentRow } from "../shapes.ts";

interface Job {
  readonly version_id: number;
  readonly done: number;
  readonly total: number;
}

function State({ paper, job }: { readonly paper: DocumentRow; readonly job: Job | undefined }) {
  if (paper.state === "refused") {
    const why = language.value === "en" ? paper.refusal_en : paper.refusal;
    return <p class="paper-refused">{`✕ ${why ?? ""}`}</p>;
  }
  if (paper.state === "ready") {
    return <small>{`✓ ${t("paper.ready", { pages: paper.pages, size: formatBytes(paper.size) })}`}</small>;
  }
  if (job === undefined) return <small>{t("paper.queued")}</small>;
  return <ProgressBar label={t("paper.rendering")} done={job.done} of={job.total} />;
}

function Title({ paper, meetingId, reason }: { paper: DocumentRow; meetingId: number; reason: string | undefined }) {
  const [text, setText] = useState<string | undefined>(undefined);
  const save = async () => {
    const title = text?.trim();
    if (title && title !== paper.title) await act(renameDocument(meetingId, paper.id, title), () => t("form.saved"));
    setText(undefined);
  };
  return (
    <input
      aria-label={t("paper.title")}
      class="paper-title"
      value={text ?? paper.title}
      maxLength={200}
      readOnly={reason !== undefined}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === "Enter") void save();
      }}
    />
  );
}

interface RowProps {
  readonly paper: DocumentRow;
  readonly job: Job | undefined;
  readonly meetingId: number;
  readonly reason: string | undefined;
}

function PaperRow({ paper, job, meetingId, reason }: RowProps) {
  const file = useRef<HTMLInputElement>(null);
  const takeBack = () =>
    ask({
      title: t("paper.remove.title"),
      says: [paper.title, t("paper.remove.says")],
      action: t("paper.remove"),
      key: "h",
      danger: true,
      run: () => act(removeDocument(meetingId, paper.id), () => t("paper.removed")),
    });
  return (
    <li class="paper-row">
      <Title paper={paper} meetingId={meetingId} reason={reason} />
      <div class="paper-row-state">
        <State paper={paper} job={job} />
      </div>
      <div class="buttons">
        <a class="button button-quiet" href={documentFile(meetingId, paper.id)} target="_blank" rel="noreferrer">
          {t("paper.view")}
        </a>
        <Button kind="quiet" reason={reason} reasonHidden onPress={() => file.current?.click()}>
          {t("paper.replace")}
        </Button>
        <Button kind="quiet" icon="trash" label={t("paper.remove")} reason={reason} reasonHidden onPress={takeBack} />
      </div>
      <input
        ref={file}
        type="file"
        accept="application/pdf,.pdf"
        hidden
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) void follow(chosen.name, uploadVersion(meetingId, paper.id, chosen));
          event.currentTarget.value = "";
        }}
      />
    </li>
  );
}

interface Props {
  readonly meetingId: number;
  readonly itemId: number;
  readonly documents: readonly DocumentRow[];
  readonly jobs: readonly Job[];
  readonly reason: string | undefined;
}

/** See the top of this file. */
export function PaperList({ meetingId, itemId, documents, jobs, reason }: Props) {
  const file = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const send = (files: FileList | null | undefined) => {
    if (reason !== undefined) return;
    for (const one of Array.from(files ?? [])) {
      void follow(one.name, uploadDocument(meetingId, itemId, one), () => t("paper.uploaded", { name: one.name }));
    }
  };
  return (
    <section
      class={over ? "paper-drop paper-drop-over" : "paper-drop"}
      aria-label={t("papers.title")}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        send(event.dataTransfer?.files);
      }}
    >
      <header class="item-head">
        <h3>{t("papers.title")}</h3>
        <Button icon="upload" onPress={() => file.current?.click()} reason={reason} reasonHidden>
          {t("paper.upload")}
        </Button>
      </header>
      <ul>
        {documents.map((paper) => (
          <PaperRow
            key={paper.id}
            paper={paper}
            job={jobs.find((one) => one.version_id === paper.version_id)}
            meetingId={meetingId}
            reason={reason}
          />
        ))}
      </ul>
      <p class="help">{t("paper.drop")}</p>
      <input
        ref={file}
        type="file"
        accept="application/pdf,.pdf"
        multiple
        hidden
        onChange={(event) => {
          send(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
    </section>
  );
}

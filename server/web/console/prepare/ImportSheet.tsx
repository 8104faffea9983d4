/** Import of participants: choose a file, say what each column is, see every problem with its row, let them enter. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { ProblemNotice, toast } from "@common/components/Toast.tsx";
import { useRef, useState } from "preact/hooks";
import { checkImport, type ImportPreview, importTemplate, previewImport, runImport } from "../calls/participants.ts";
import { formatBytes, t } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import { ImportColumns, ImportProblems } from "./ImportPreview.tsx";

interface Sending {
  readonly sent: number;
  readonly of: number;
}

function Choose(props: { meetingId: number; sending: Sending | undefined; onFile: (file: File) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const { sending } = props;
  return (
    <fieldset
      class="import-choose"
      aria-label={t("import.choose")}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const dropped = event.dataTransfer?.files[0];
        if (dropped) props.onFile(dropped);
      }}
    >
      <p>{t("import.help")}</p>
      <div class="buttons">
        <Button kind="primary" icon="upload" onPress={() => file.current?.click()} autoFocus>
          {t("import.choose")}
        </Button>
        <a class="button" href={importTemplate(props.meetingId)}>
          {t("import.template")}
        </a>
      </div>
      {sending && (
        <ProgressBar label={t("import.reading")} done={sending.sent} of={sending.of} text={formatBytes(sending.of)} />
      )}
      <input
        ref={file}
        type="file"
        accept=".xlsx,.csv,text/csv"
        hidden
        aria-label={t("import.choose")}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) props.onFile(chosen);
          event.currentTarget.value = "";
        }}
      />
    </fieldset>
  );
}

function Verdict({ preview }: { readonly preview: ImportPreview }) {
  const bad = preview.problem_rows;
  return (
    <p class={bad > 0 ? "import-verdict import-bad" : "import-verdict import-good"} role="status">
      {bad === 0
        ? `✓ ${t("import.allGood", { rows: preview.rows })}`
        : `! ${t("import.someBad", { rows: preview.rows, good: preview.good, bad })}`}
    </p>
  );
}

/** See the top of this file. */
export function ImportSheet({ meetingId, onClose }: { readonly meetingId: number; readonly onClose: () => void }) {
  const [preview, setPreview] = useState<ImportPreview | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [sending, setSending] = useState<Sending | undefined>(undefined);
  const read = async (doing: Promise<ImportPreview>) => {
    try {
      setPreview(await doing);
      setProblem(undefined);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  const send = async (file: File) => {
    const upload = previewImport(meetingId, file);
    setSending({ sent: 0, of: file.size });
    await read(upload.answer);
    setSending(undefined);
  };
  const mapping = preview?.columns.map((column) => column.field) ?? [];
  const remap = (index: number, field: string | null) => {
    if (preview === undefined) return;
    const next = mapping.map((now, at) => (at === index ? field : now === field ? null : now));
    void read(checkImport(meetingId, preview.token, next));
  };
  const enter = async () => {
    if (preview === undefined) return;
    const goodOnly = preview.problem_rows > 0;
    const done = await act(
      runImport(meetingId, preview.token, mapping, goodOnly).then((answer) =>
        toast("good", () => t("import.entered", { n: answer.entered })),
      ),
    );
    if (done) onClose();
  };
  const reason = preview === undefined ? t("import.noFile") : preview.good === 0 ? t("import.nothing") : undefined;
  return (
    <Dialog
      wide
      title={t("people.import")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" reason={reason} onPress={enter}>
            {preview && preview.problem_rows > 0
              ? t("import.enterGood", { n: preview.good })
              : t("import.enterAll", { n: preview?.good ?? 0 })}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {preview === undefined ? (
        <Choose meetingId={meetingId} sending={sending} onFile={send} />
      ) : (
        <>
          <Verdict preview={preview} />
          <ImportColumns columns={preview.columns} onField={remap} />
          <ImportProblems preview={preview} />
          <div>
            <Button kind="quiet" icon="undo" onPress={() => setPreview(undefined)}>
              {t("import.other")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

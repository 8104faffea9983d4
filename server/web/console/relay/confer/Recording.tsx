/** The recording now, and the files there are: length, size, agenda marks, download for whoever may, delete. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import { holds } from "../../session.ts";
import { change } from "../calls.ts";
import type { Conference, RelayBoard } from "../shapes.ts";
import { deleteRecording, download, recordings } from "./calls.ts";
import { formatClock, formatDate, formatNumber, t, word } from "./i18n/index.ts";
import { lasting } from "./model.ts";

interface Props {
  readonly meetingId: number;
  readonly conference: Conference;
  readonly board: RelayBoard | undefined;
  readonly reason: string | undefined;
  readonly onList: () => void;
}

function stateText(conference: Conference, now: RelayBoard["recording"] | undefined): string {
  if (conference.recording_forbidden !== "")
    return t("recording.forbidden", { reason: conference.recording_forbidden });
  if (now?.on) return t("recording.on", { minutes: Math.floor(now.seconds / 60), megabytes: now.megabytes });
  return conference.recording ? t("recording.ready") : t("recording.off");
}

/** State, file, disk, warnings. */
export function Recording({ meetingId, conference, board, reason, onList }: Props) {
  const now = board?.recording ?? undefined;
  const forbidden = conference.recording_forbidden !== "";
  const toggle = () => act(change(meetingId, { recording: !conference.recording }), () => t("form.saved"));
  return (
    <section class="rs-recording" aria-label={t("recording.title")}>
      <p>
        <strong>{stateText(conference, now)}</strong>
        {now?.on && <small>{t("recording.file", { name: now.file })}</small>}
        {now?.on && <small>{t("recording.free", { n: now.free_megabytes })}</small>}
      </p>
      {now?.warning && (
        <p class="rs-why">{word(now.stopped ? "recording.stopped" : "recording.warning", now.warning)}</p>
      )}
      <div class="buttons">
        {!forbidden && (
          <Button icon={conference.recording ? "stop" : "camera"} reason={reason} reasonHidden onPress={toggle}>
            {conference.recording ? t("recording.stop") : t("recording.start")}
          </Button>
        )}
        <Button kind="quiet" icon="list" hint="V" reason={mayList()} reasonHidden onPress={onList}>
          {t("recordings.title")}
        </Button>
      </div>
    </section>
  );
}

/** Why this account cannot see the recordings. The server decides; this spares a useless button. */
export const mayList = () => (holds("secretary", "chair", "technician") ? undefined : t("recordings.notYours"));

interface ListProps {
  readonly meetingId: number;
  readonly board: RelayBoard | undefined;
  readonly onClose: () => void;
}

/** The files. */
export function RecordingsSheet({ meetingId, board, onClose }: ListProps) {
  const { data, problem, reload } = useLoad(() => recordings(meetingId), [meetingId, board?.recording?.file]);
  const whyNot = data?.why_not
    ? word("recordings.why", data.why_not)
    : holds("secretary", "chair")
      ? undefined
      : t("recordings.notYours");
  return (
    <Dialog
      wide
      title={t("recordings.title")}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t("action.close")}</Button>}
    >
      {problem && <ProblemNotice problem={problem} />}
      {data && (
        <>
          <p>
            {t("recordings.space", {
              used: formatNumber(Math.round(data.megabytes)),
              budget: formatNumber(data.budget_mb),
              free: formatNumber(data.free_megabytes),
            })}
          </p>
          {whyNot && <p class="ask-warning">{whyNot}</p>}
          {data.recordings.length === 0 && <p class="empty">{t("recordings.none")}</p>}
          <ul class="rc-files">
            {data.recordings.map((one) => (
              <File key={one.file} meetingId={meetingId} file={one} whyNot={whyNot} reload={reload} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

type Listed = Awaited<ReturnType<typeof recordings>>["recordings"][number];

interface FileProps {
  readonly meetingId: number;
  readonly file: Listed;
  readonly whyNot: string | undefined;
  readonly reload: () => void;
}

function File({ meetingId, file, whyNot, reload }: FileProps) {
  const running = file.running ? t("recordings.running") : undefined;
  const whyNotDelete = running ?? (holds("secretary", "chair") ? undefined : t("recordings.notYours"));
  const remove = () =>
    ask({
      title: t("recordings.delete.title", { name: file.file }),
      says: [t("recordings.delete.says", { length: lasting(file.seconds) })],
      action: t("recordings.delete"),
      key: "x",
      danger: true,
      run: async () => {
        await act(deleteRecording(meetingId, file.file), () => t("recordings.deleted"));
        reload();
      },
    });
  return (
    <li>
      <span>
        <strong>{[formatClock(file.started_ms), formatDate(file.started_ms)].join(", ")}</strong>
        <small>
          {[lasting(file.seconds), t("recordings.size", { n: formatNumber(file.megabytes) }), file.file, running]
            .filter(Boolean)
            .join(" · ")}
        </small>
        {file.marks.length > 0 && (
          <ol class="rc-marks">
            {file.marks.map((one) => (
              <li key={one.second}>
                <span class="tabular">{lasting(Math.floor(one.second))}</span> {one.mark}
              </li>
            ))}
          </ol>
        )}
      </span>
      <span class="buttons">
        <Button icon="down" reason={whyNot} reasonHidden onPress={() => act(download(meetingId, file.file))}>
          {t("recordings.download")}
        </Button>
        <Button
          kind="quiet"
          icon="trash"
          label={t("recordings.delete")}
          reason={whyNotDelete}
          reasonHidden
          onPress={remove}
        />
      </span>
    </li>
  );
}

/** The corner: what is being uploaded and drawn, and how far it is. */

import { Button } from "@common/components/Button.tsx";
import { ProgressBar } from "@common/components/ProgressBar.tsx";
import { formatBytes, t } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { type Job, jobs } from "./jobs.ts";

function UploadRow({ job }: { readonly job: Job }) {
  const { sent, of } = job.progress.value;
  const checking = of > 0 && sent >= of;
  const text = checking ? t("busy.checking") : of > 0 ? `${formatBytes(sent)} / ${formatBytes(of)}` : "";
  return (
    <div class="busy-row">
      <ProgressBar label={t("busy.upload", { name: job.name })} done={sent} of={of} text={text} />
      <Button kind="quiet" icon="cross" label={t("action.cancel")} onPress={job.cancel} />
    </div>
  );
}

function Rendering({ meetingId }: { readonly meetingId: number }) {
  const rendering = useMeeting(meetingId, "rendering")?.jobs ?? [];
  const documents = useMeeting(meetingId, "documents")?.documents ?? [];
  return (
    <>
      {rendering.map((job) => {
        const name = documents.find((one) => one.version_id === job.version_id)?.title ?? "";
        return (
          <div key={job.version_id} class="busy-row">
            <ProgressBar label={t("busy.render", { name })} done={job.done} of={job.total} />
          </div>
        );
      })}
    </>
  );
}

/** See the top of this file. Nothing is there when nothing is under way. */
export function Busy({ meetingId }: { readonly meetingId: number | undefined }) {
  return (
    <aside class="busy" aria-label={t("busy.title")}>
      {jobs.value.map((job) => (
        <UploadRow key={job.id} job={job} />
      ))}
      {meetingId !== undefined && <Rendering meetingId={meetingId} />}
    </aside>
  );
}

/** The signed record of a result: whether its signature holds, and the papers made from it. */

import { Notice, ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { resultFile, signedRecord } from "../../calls/votes.ts";
import { formatClockSeconds, formatDate, t } from "../../i18n/index.ts";
import type { Poll } from "../../shapes.ts";
import { TallyBars } from "../TallyBars.tsx";
import type { PartProps } from "./PollSheet.tsx";

/** A result is on record from the close on; one that was annulled while open has none. */
const hasRecord = (poll: Poll) => poll.tally !== null;

function Signed({ cockpit, poll }: Pick<PartProps, "cockpit" | "poll">) {
  const { data, problem } = useLoad(() => signedRecord(cockpit.id, poll.id), [poll.id, poll.state]);
  if (problem) return <ProblemNotice problem={problem} />;
  if (data === undefined) return <p class="empty">{t("app.loading")}</p>;
  return (
    <>
      <p role="status" class={data.valid ? "import-verdict import-good" : "import-verdict import-bad"}>
        {data.valid ? `✓ ${t("record.valid")}` : `✕ ${t("record.invalid")}`}
      </p>
      <dl class="rule-facts">
        <dt>{t("record.sealed")}</dt>
        <dd>{`${formatClockSeconds(data.sealed_ms)}, ${formatDate(data.sealed_ms)}`}</dd>
        <dt>{t("record.hash")}</dt>
        <dd class="mono">{data.sha256}</dd>
        <dt>{t("record.key")}</dt>
        <dd class="mono">{data.public_key}</dd>
      </dl>
    </>
  );
}

/** See the top of this file. */
export function Record({ cockpit, poll }: PartProps) {
  if (!hasRecord(poll)) return <Notice>{t("record.none")}</Notice>;
  return (
    <>
      <TallyBars poll={poll} />
      <Signed cockpit={cockpit} poll={poll} />
      <p class="buttons">
        <a class="button" href={resultFile(cockpit.id, poll.id, "pdf")} target="_blank" rel="noreferrer">
          {t("record.pdf")}
        </a>
        <a class="button" href={resultFile(cockpit.id, poll.id, "xlsx")} download>
          {t("record.xlsx")}
        </a>
      </p>
      <p class="help">{t("record.help")}</p>
    </>
  );
}

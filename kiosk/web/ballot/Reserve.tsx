/** Reserved opinions (bảo lưu ý kiến): who did not agree may have his words kept with the result, where the rule knows it. */

import { post } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { toastRefusal } from "@common/components/Toast.tsx";
import type { OwnBallot, PollView, ReservedList } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { sitter } from "../who.ts";
import { Write } from "./later.ts";
import { mayReserve } from "./stage.ts";
import { reserving } from "./state.ts";

/** The way to it, or that it is done. */
export function ReserveButton({ poll, ballot }: { readonly poll: PollView; readonly ballot: OwnBallot | undefined }) {
  const over = useMeeting("header")?.state === "closed";
  if (over || !mayReserve(poll, ballot)) return null;
  const begin = () => {
    reserving.value = { poll, text: "" };
  };
  return (
    <Button icon={ballot?.reserved ? "check" : "pen"} size="large" onPress={begin}>
      {ballot?.reserved ? t("reserve.again") : t("reserve.title")}
    </Button>
  );
}

async function keep(): Promise<void> {
  const { poll, text } = reserving.peek() ?? {};
  if (poll === undefined || text === undefined) return;
  try {
    const path = `/api/meetings/${sitter.peek()?.meetingId}/polls/${poll.id}/reserved-opinions`;
    await post<ReservedList>(path, { text });
    reserving.value = undefined;
  } catch (error) {
    toastRefusal(error);
  }
}

/** Writing it, over everything. */
export function Reserve() {
  const now = reserving.value;
  if (now === undefined) return null;
  return (
    <Write
      title={now.poll.title}
      label={t("reserve.title")}
      value={now.text}
      onValue={(text) => {
        reserving.value = { poll: now.poll, text };
      }}
      done={t("reserve.send")}
      onDone={keep}
      onBack={() => {
        reserving.value = undefined;
      }}
    />
  );
}

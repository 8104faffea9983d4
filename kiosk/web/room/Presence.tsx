/** My presence: since when, where I sit, whether I may vote, and how to be checked in. */

import { asProblem, type Problem, post, problemText } from "@common/api/index.ts";
import { Icon } from "@common/components/Icon.tsx";
import { PinPad } from "@common/components/PinPad.tsx";
import { toast, toastRefusal } from "@common/components/Toast.tsx";
import { formatClock, language } from "@common/i18n/index.ts";
import type { MeView } from "@common/types.gen.ts";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useMeeting } from "../live.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { checkInCode, sitter, takeCheckInCode } from "../who.ts";

async function checkIn(code: string): Promise<void> {
  await post(`/api/meetings/${sitter.peek()?.meetingId}/me/check-in`, { code });
  toast("good", () => t("here.done"));
}

/** Use the code that the wall's QR brought along, once, as soon as somebody sits here who is not present yet. */
export function useCheckIn(me: MeView | undefined): void {
  const code = checkInCode.value;
  const absent = me?.present === false;
  useEffect(() => {
    if (code === undefined || me === undefined) return;
    takeCheckInCode();
    if (absent) checkIn(code).catch(toastRefusal);
  }, [code, me !== undefined]);
}

/** The six digits beside the QR on the wall, for a seat without a camera. */
function RoomCode() {
  const [code, setCode] = useState("");
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const check = async (complete: string) => {
    setChecking(true);
    try {
      await checkIn(complete);
    } catch (error) {
      setProblem(asProblem(error));
      setCode("");
    } finally {
      setChecking(false);
    }
  };
  const type = (value: string) => {
    setCode(value);
    if (value !== "") setProblem(undefined);
  };
  const refused = problem && problemText(problem);
  return (
    <div class="here-code">
      <p role="status" class={refused ? "here-wrong" : ""}>
        {checking ? t("pin.checking") : refused ? `${refused.detail} ${refused.next}` : t("here.code")}
      </p>
      <PinPad value={code} length={CODE_DIGITS} secret={false} onValue={type} onComplete={(all) => void check(all)} />
    </div>
  );
}

const CODE_DIGITS = 6;
const ROLES = ["delegate", "alternate", "guest", "chair", "secretary"] as const;

function roleWord(role: string): string {
  const known = ROLES.find((name) => name === role);
  return known === undefined ? role : t(`here.role.${known}`);
}

function standingText(me: MeView): string {
  const { may_vote, reason, reason_en } = me.standing;
  if (may_vote || reason === null) return me.entitled ? t("here.vote.yes") : "";
  return (language.value === "en" ? reason_en : reason) ?? "";
}

/** The panel. */
export function Presence({ me, onClose }: { readonly me: MeView; readonly onClose: () => void }) {
  const attendance = useMeeting("attendance");
  return (
    <Sheet title={t("here.title")} onClose={onClose}>
      <div class={me.present ? "here" : "here here-two"}>
        <div class="here-facts">
          <p class="here-name">{me.name}</p>
          <p>{[roleWord(me.role), me.title, me.unit].filter(Boolean).join(" · ")}</p>
          <p class={me.present ? "here-state here-yes" : "here-state here-no"}>
            <Icon name={me.present ? "check" : "warning"} size="1.5em" />
            {me.present ? t("here.yes", { time: formatClock(me.present_since_ms ?? 0) }) : t("here.no")}
          </p>
          <p class="here-seat">{me.seat === null ? t("here.no-seat") : t("here.seat", { seat: me.seat })}</p>
          {me.present ? <p>{standingText(me)}</p> : <p>{t("here.how")}</p>}
          {attendance && me.present && (
            <p>{t("here.count", { present: attendance.present, convened: attendance.convened })}</p>
          )}
        </div>
        {!me.present && <RoomCode />}
      </div>
    </Sheet>
  );
}

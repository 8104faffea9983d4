/** Who speaks and who asks, in the same queue as in the room: give by two keys, take by one. */

import { Button } from "@common/components/Button.tsx";
import { callSpeaker, finishSpeaker } from "../../calls/room.ts";
import { useMeeting } from "../../live.ts";
import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import type { FloorRequest } from "../../shapes.ts";
import { TakeBack } from "../Board.tsx";
import { giveFloor, takeFloor } from "../calls.ts";
import { formatClock, t } from "./i18n/index.ts";

const SHOWN = 4;

/** Ask whether this one is to be called; `f` does it, as another key than the one that asked. */
export function askCall(meetingId: number, request: FloorRequest): void {
  const { site_id, name, topic } = request;
  ask({
    title: t("floor.give.title", { name }),
    says: [
      ...(topic === "" ? [] : [t("floor.about", { topic })]),
      t(site_id === null ? "floor.call.says" : "floor.give.says"),
    ],
    action: t("floor.give"),
    key: "f",
    run: () =>
      act(site_id === null ? callSpeaker(meetingId, request.id) : giveFloor(meetingId, site_id), () =>
        t("floor.given", { name }),
      ),
  });
}

/** Take the floor from whoever has it, at once. */
export function takeBack(meetingId: number, speaking: FloorRequest | null | undefined): void {
  if (!speaking) return;
  const taking = speaking.site_id === null ? finishSpeaker(meetingId, speaking.id) : takeFloor(meetingId);
  void act(taking, () => t("floor.taken"));
}

interface Props {
  readonly meetingId: number;
  /** Why nobody can be called. */
  readonly reason: string | undefined;
}

/** See above. */
export function FloorPanel({ meetingId, reason }: Props) {
  const floor = useMeeting(meetingId, "floor");
  const waiting = floor?.waiting ?? [];
  const speaking = floor?.speaking;
  return (
    <section class="rc-floor" aria-label={t("floor.title")}>
      <h3 class="section-title">
        {t("floor.title")}
        {waiting.length > 0 && <span class="count">{waiting.length}</span>}
      </h3>
      {speaking && (
        <p class="rs-floor" role="status">
          <strong>{t("floor.has", { name: speaking.name })}</strong>
          <TakeBack onPress={() => takeBack(meetingId, speaking)} />
        </p>
      )}
      {waiting.length === 0 && !speaking && <p class="empty">{t("floor.quiet")}</p>}
      <ol class="rc-queue">
        {waiting.slice(0, SHOWN).map((one, place) => (
          <li key={one.id}>
            <span>
              <strong>{one.name}</strong>
              <small>
                {[one.site_id === null ? t("floor.inRoom") : t("floor.site"), one.topic, formatClock(one.requested_ms)]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
            <Button
              {...(place === 0 ? { hint: "G" } : {})}
              reason={reason}
              reasonHidden
              onPress={() => askCall(meetingId, one)}
            >
              {t("floor.give")}
            </Button>
          </li>
        ))}
      </ol>
      {waiting.length > SHOWN && <small>{t("floor.more", { n: waiting.length - SHOWN })}</small>}
    </section>
  );
}

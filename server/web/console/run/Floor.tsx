/** Requests to speak: call, finish, skip, and their order. */

import { Button } from "@common/components/Button.tsx";
import { useServerTime } from "@common/components/Clock.tsx";
import { callSpeaker, finishSpeaker, skipSpeaker } from "../calls/room.ts";
import { formatCountdown, t } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import type { FloorRequest } from "../shapes.ts";
import { chosenRequest, move, part, usePartKeys, useRowFocus } from "./focus.ts";
import type { Cockpit } from "./model.ts";
import { useSpeakers } from "./speakers.ts";

function Speaking({ request }: { readonly request: FloorRequest }) {
  const now = useServerTime();
  return (
    <p class="speaking" role="status">
      <span class="eyebrow">{t("floor.speaking")}</span>
      <strong>{request.name}</strong>
      {request.started_ms !== null && <span class="tabular">{formatCountdown(now - request.started_ms)}</span>}
    </p>
  );
}

function Row({
  request,
  chosen,
  now,
}: {
  readonly request: FloorRequest;
  readonly chosen: boolean;
  readonly now: number;
}) {
  return (
    <li
      role="option"
      class="floor-row"
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      onClick={() => {
        chosenRequest.value = request.id;
      }}
      onKeyDown={() => undefined}
    >
      <span>
        <strong>{request.name}</strong>
        <small>{[request.unit, request.topic].filter(Boolean).join(" · ")}</small>
      </span>
      <small class="floor-wait tabular">
        {t("floor.wait", { time: formatCountdown(Math.max(0, now - request.requested_ms)) })}
      </small>
    </li>
  );
}

function askSkip(cockpit: Cockpit, request: FloorRequest): void {
  ask({
    title: t("floor.skip.title"),
    says: [t("floor.skip.says", { name: request.name })],
    action: t("floor.skip"),
    key: "q",
    run: () => act(skipSpeaker(cockpit.id, request.id)),
  });
}

function useFloor(cockpit: Cockpit) {
  const { id, speaking, whyNotChair, whyNotLead } = cockpit;
  const { waiting, shift } = useSpeakers(id, cockpit.waiting);
  const chosen = waiting.find((one) => one.id === chosenRequest.value) ?? waiting[0];
  const nobody = chosen ? undefined : t("floor.why.nobody");
  const whyNotCall = whyNotChair ?? nobody;
  const whyNotSkip = whyNotChair ?? nobody;
  const whyNotFinish = whyNotChair ?? (speaking ? undefined : t("floor.why.silent"));
  const place = chosen ? waiting.indexOf(chosen) : -1;
  const whyNotUp = whyNotLead ?? nobody ?? (place === 0 ? t("floor.why.first") : undefined);
  const whyNotDown = whyNotLead ?? nobody ?? (place === waiting.length - 1 ? t("floor.why.last") : undefined);
  const up = () => chosen && shift(chosen.id, -1);
  const down = () => chosen && shift(chosen.id, 1);
  const call = () => chosen && act(callSpeaker(id, chosen.id));
  const finish = () => speaking && act(finishSpeaker(id, speaking.id));
  const step = (by: number) =>
    move(
      chosenRequest,
      waiting.map((one) => one.id),
      chosen?.id,
      by,
    );
  usePartKeys("room", {
    ArrowDown: { label: t("floor.move"), run: () => step(1), reason: nobody },
    ArrowUp: { label: t("floor.move"), hidden: true, run: () => step(-1), reason: nobody },
    "Alt+ArrowUp": { label: t("floor.order"), run: () => void up(), reason: whyNotLead ?? nobody },
    "Alt+ArrowDown": { label: t("floor.order"), hidden: true, run: () => void down(), reason: whyNotLead ?? nobody },
    Enter: { label: t("floor.call"), run: () => void call(), reason: whyNotCall },
    f: { label: t("floor.finish"), run: () => void finish(), reason: whyNotFinish },
    Delete: { label: t("floor.skip"), run: () => chosen && askSkip(cockpit, chosen), reason: whyNotSkip },
  });
  return { waiting, chosen, whyNotCall, whyNotSkip, whyNotFinish, whyNotUp, whyNotDown, up, down, call, finish };
}

function Order({ floor }: { readonly floor: ReturnType<typeof useFloor> }) {
  return (
    <span class="floor-order">
      <Button kind="quiet" icon="up" label={t("floor.up")} onPress={floor.up} reason={floor.whyNotUp} reasonHidden />
      <Button
        kind="quiet"
        icon="down"
        label={t("floor.down")}
        onPress={floor.down}
        reason={floor.whyNotDown}
        reasonHidden
      />
    </span>
  );
}

/** See the top of this file. */
export function Floor({ cockpit }: { readonly cockpit: Cockpit }) {
  const { speaking } = cockpit;
  const floor = useFloor(cockpit);
  const { waiting, chosen, whyNotCall, whyNotSkip, whyNotFinish, call, finish } = floor;
  const list = useRowFocus(chosen?.id, part.value === "room");
  const now = useServerTime();
  return (
    <div class="floor">
      <h3 class="section-title floor-title">
        {t("floor.title")} {waiting.length > 0 && <span class="count">{waiting.length}</span>}
        {waiting.length > 1 && <Order floor={floor} />}
      </h3>
      {speaking && <Speaking request={speaking} />}
      {waiting.length === 0 && !speaking && <p class="empty">{t("floor.none")}</p>}
      {waiting.length > 0 && (
        <ul ref={list} class="floor-list" role="listbox" aria-label={t("floor.title")}>
          {waiting.map((one) => (
            <Row key={one.id} request={one} chosen={one.id === chosen?.id} now={now} />
          ))}
        </ul>
      )}
      {(waiting.length > 0 || speaking) && (
        <div class="buttons">
          {chosen && (
            <Button onPress={call} reason={whyNotCall} icon="hand" hint="↵">
              {t("floor.call")}
            </Button>
          )}
          {speaking && (
            <Button onPress={finish} reason={whyNotFinish} hint="F">
              {t("floor.finish")}
            </Button>
          )}
          {chosen && (
            <Button kind="quiet" onPress={() => askSkip(cockpit, chosen)} reason={whyNotSkip} hint="Del">
              {t("floor.skip")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

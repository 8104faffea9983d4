/** Clock, meeting, presence and seat, line: always in sight. */

import { Clock } from "@common/components/Clock.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { StatusLine } from "@common/components/StatusLine.tsx";
import { formatClock } from "@common/i18n/index.ts";
import type { HeaderView, MeView } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { live } from "../live.ts";

export interface StatusBarProps {
  readonly header: HeaderView | undefined;
  readonly me: MeView | undefined;
  /** The title of the document that is read; otherwise the meeting's stands here. */
  readonly reading: string | undefined;
  readonly onPresence: () => void;
}

/** See StatusBarProps. The presence is a button that leads to its own page. */
export function StatusBar({ header, me, reading, onPresence }: StatusBarProps) {
  return (
    <header class="bar">
      <Clock />
      <h1 class="bar-title">{reading ?? header?.title ?? t("start.opening")}</h1>
      {reading !== undefined && header && <Standstill header={header} />}
      {header?.rehearsal && <strong class="bar-rehearsal">{t("bar.rehearsal")}</strong>}
      <StatusLine line={live.line} signedOut={live.signedOut} brief />
      {me && (
        <button
          type="button"
          class={me.present ? "bar-presence bar-present" : "bar-presence bar-absent"}
          aria-label={`${t("bar.presence")}: ${presence(me)}`}
          onClick={onPresence}
        >
          {me.present ? <span class="bar-dot" /> : <Icon name="warning" />}
          {presence(me)}
        </button>
      )}
    </header>
  );
}

/** Beside a page nothing else says that the meeting rests or is over. */
function Standstill({ header }: { readonly header: HeaderView }) {
  if (header.state !== "paused" && header.state !== "closed") return null;
  return (
    <strong class="bar-still" role="status">
      {header.state === "closed" ? t("bar.closed") : t("bar.paused")}
      {header.state === "paused" && <span> {t("bar.since", { time: formatClock(header.state_since_ms) })}</span>}
    </strong>
  );
}

function presence(me: MeView): string {
  if (!me.present) return t("bar.absent");
  return me.seat === null ? t("bar.here") : t("bar.here.seat", { seat: me.seat });
}

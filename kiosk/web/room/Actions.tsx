/** The four things one can always do, in the same place. */

import { Icon, type IconName } from "@common/components/Icon.tsx";
import type { MeView, PresentedPage } from "@common/types.gen.ts";
import { t } from "../i18n/index.ts";
import { agendaFirst, follow, following, own, showAgenda, showPage } from "./reading.ts";

export interface ActionsProps {
  readonly me: MeView | undefined;
  readonly presenter: PresentedPage | null;
  /** After the meeting one reads, and does nothing else. */
  readonly over: boolean;
  readonly onSpeak: () => void;
  readonly onMore: () => void;
}

/** See ActionsProps. */
export function Actions({ me, presenter, over, onSpeak, onMore }: ActionsProps) {
  const reading = !agendaFirst.value && own.value !== undefined;
  const followed = following.value && presenter !== null && !over;
  return (
    <nav class="actions">
      {reading || own.value === undefined ? (
        <Action icon="list" text={t("do.agenda")} on={!reading} onPress={showAgenda} />
      ) : (
        <Action icon="document" text={t("do.reading")} onPress={showPage} />
      )}
      <Action
        icon="follow"
        text={followed ? t("do.followed") : t("do.follow")}
        on={followed}
        note={presenter !== null && !followed ? t("do.follow.page", { page: presenter.page }) : undefined}
        off={followOff(presenter, over)}
        onPress={() => (followed ? leave() : follow(presenter))}
      />
      <Action icon="hand" text={requestText(me)} on={me?.request != null} off={speakOff(over)} onPress={onSpeak} />
      <Action icon="menu" text={t("do.more")} onPress={onMore} />
    </nav>
  );
}

/** Why there is nobody to follow; undefined when there is. */
export function followOff(presenter: PresentedPage | null, over: boolean): string | undefined {
  if (over) return t("do.over");
  return presenter === null ? t("do.follow.none") : undefined;
}

/** Why nobody may ask to speak. */
export function speakOff(over: boolean): string | undefined {
  return over ? t("do.over") : undefined;
}

function leave(): void {
  following.value = false;
}

function requestText(me: MeView | undefined): string {
  const request = me?.request;
  if (request == null) return t("do.speak");
  if (request.state === "speaking") return t("do.speaking");
  return request.place === null ? t("do.spoken.wait") : t("do.spoken", { place: request.place });
}

interface ActionProps {
  readonly icon: IconName;
  readonly text: string;
  readonly on?: boolean;
  /** Something goes on there that one is not part of. */
  readonly note?: string | undefined;
  /** Why it cannot be pressed now; shown below its name. */
  readonly off?: string | undefined;
  readonly onPress: () => void;
}

function Action({ icon, text, on = false, note, off, onPress }: ActionProps) {
  return (
    <button
      type="button"
      class={note && off === undefined ? "action action-noted" : "action"}
      aria-pressed={on}
      aria-disabled={off !== undefined}
      onClick={() => off === undefined && onPress()}
    >
      <Icon name={icon} />
      <span>
        {text}
        {(off ?? note) && <small>{off ?? note}</small>}
      </span>
    </button>
  );
}

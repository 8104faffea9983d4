/** How the line to the server is: an icon, and words as soon as it is not simply good. */

import type { ReadonlySignal } from "@preact/signals";
import { formatClock, t } from "../i18n/index.ts";
import type { Line } from "../live/index.ts";
import { Icon, type IconName } from "./Icon.tsx";
import "./StatusLine.css";

export interface StatusLineProps {
  readonly line: ReadonlySignal<Line>;
  readonly signedOut?: ReadonlySignal<boolean>;
  readonly updateWaiting?: ReadonlySignal<string | undefined>;
  /** Show only the icon while the line is good. */
  readonly brief?: boolean;
}

/** The sentence about a line, for screens that place it themselves (the wall, the ballot). */
export function lineText(line: Line): string {
  if (line.status === "lost") return t("line.lost", { time: formatClock(line.since) });
  return line.status === "online" ? t("line.online") : t("line.connecting");
}

function look(props: StatusLineProps): { kind: string; icon: IconName; text: string } {
  const line = props.line.value;
  if (props.signedOut?.value) return { kind: "bad", icon: "lock", text: t("line.signedOut") };
  if (line.status === "lost") return { kind: "bad", icon: "unplug", text: lineText(line) };
  if (line.status === "connecting") return { kind: "wait", icon: "plug", text: lineText(line) };
  if (props.updateWaiting?.value !== undefined) return { kind: "good", icon: "again", text: t("line.update") };
  return { kind: "good", icon: "plug", text: lineText(line) };
}

/** See StatusLineProps. A change is announced to readers. */
export function StatusLine(props: StatusLineProps) {
  const { kind, icon, text } = look(props);
  const quiet = props.brief === true && kind === "good" && props.updateWaiting?.value === undefined;
  return (
    <span class={`status-line status-line-${kind}`} role="status">
      <Icon name={icon} />
      <span class={quiet ? "visually-hidden" : "status-line-text"}>{text}</span>
    </span>
  );
}

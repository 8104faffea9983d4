/** Short words about what just happened, in the corner; and notices that stay until they are touched. */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { asProblem, type Problem, problemText } from "../api/index.ts";
import { t } from "../i18n/index.ts";
import { Button } from "./Button.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import "./Toast.css";

export type Tone = "good" | "bad" | "warn" | "info";

const ICONS: Readonly<Record<Tone, IconName>> = { good: "check", bad: "cross", warn: "warning", info: "info" };

interface ToastItem {
  readonly id: number;
  readonly tone: Tone;
  /** A function, so that the words follow a change of language. */
  readonly text: () => string;
  readonly undo: (() => unknown) | undefined;
}

const SHOWN_MS = 6_000;
const MOST = 4;
const toasts = signal<readonly ToastItem[]>([]);
let last = 0;

const dismiss = (id: number) => {
  toasts.value = toasts.value.filter((item) => item.id !== id);
};

/** Say what happened. `undo` offers to take it back. Refusals stay until closed; the rest leaves after 6 s. */
export function toast(tone: Tone, text: string | (() => string), undo?: () => unknown): void {
  last += 1;
  const id = last;
  const item: ToastItem = { id, tone, text: typeof text === "string" ? () => text : text, undo };
  toasts.value = [...toasts.value.slice(1 - MOST), item];
  if (tone !== "bad") setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Say why something was refused and what to do. Takes anything that was thrown. */
export function toastRefusal(error: unknown): void {
  const problem = asProblem(error);
  toast("bad", () => {
    const { detail, next } = problemText(problem);
    return `${detail} ${next}`;
  });
}

/** Where toasts appear. `mount` puts it on every surface. */
export function Toasts() {
  return (
    <div class="toasts" role="log" aria-live="polite">
      {toasts.value.map(({ id, tone, text, undo }) => (
        <div key={id} class={`toast tone-${tone}`}>
          <Icon name={ICONS[tone]} />
          <span class="toast-text">{text()}</span>
          {undo && (
            <Button
              kind="quiet"
              icon="undo"
              onPress={() => {
                dismiss(id);
                undo();
              }}
            >
              {t("action.undo")}
            </Button>
          )}
          <Button kind="quiet" icon="cross" label={t("action.close")} onPress={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}

export interface NoticeProps {
  readonly tone?: Tone;
  readonly children: ComponentChildren;
  /** With it the notice can be touched away. */
  readonly onClose?: () => void;
}

/** A box of words within the page: an empty state, a warning, the secretary's notice. */
export function Notice({ tone = "info", children, onClose }: NoticeProps) {
  return (
    <div class={`notice tone-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={ICONS[tone]} />
      <div class="notice-text">{children}</div>
      {onClose && <Button kind="quiet" icon="cross" label={t("action.close")} onPress={onClose} />}
    </div>
  );
}

/** A refusal within the page: what, what to do, and the request id a technician asks for. */
export function ProblemNotice({ problem }: { readonly problem: Problem }) {
  const { detail, next } = problemText(problem);
  return (
    <Notice tone="bad">
      <strong>{detail}</strong> <span>{next}</span>
      {problem.status >= 500 && problem.request_id && (
        <small class="notice-id">{t("refusal.request", { id: problem.request_id })}</small>
      )}
    </Notice>
  );
}

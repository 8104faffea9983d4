/** How far something is. Always with words: what, and how much. */

import { t } from "../i18n/index.ts";
import "./ProgressBar.css";

export interface ProgressBarProps {
  /** What is being done. */
  readonly label: string;
  readonly done: number;
  /** 0 while nobody knows. */
  readonly of: number;
  /** Instead of "12/40". */
  readonly text?: string;
}

/** See ProgressBarProps. */
export function ProgressBar({ label, done, of, text }: ProgressBarProps) {
  const known = of > 0;
  const share = known ? Math.min(1, Math.max(0, done / of)) : 0;
  const words = text ?? (known ? t("progress.of", { done, of }) : "");
  return (
    <div class="progress">
      <span class="progress-label">{label}</span>
      <span class="tabular">{words}</span>
      <div
        class={known ? "progress-track" : "progress-track progress-unknown"}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={known ? of : undefined}
        aria-valuenow={known ? Math.min(done, of) : undefined}
        aria-valuetext={words || undefined}
      >
        <span style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  );
}

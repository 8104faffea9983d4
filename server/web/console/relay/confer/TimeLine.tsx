/** From the plan to the report: each step with its state now, who is missing, and the one thing to do. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import type { MilestoneView, TimelineView } from "@common/types.gen.ts";
import { useLoad } from "@common/useLoad.ts";
import { useEffect } from "preact/hooks";
import type { Row } from "../model.ts";
import type { Conference } from "../shapes.ts";
import { timeLine } from "./calls.ts";
import { formatClock, formatDate, t } from "./i18n/index.ts";
import { namesOf } from "./model.ts";

const EVERY_MS = 20_000; // time alone makes a step due or late
/** Colour never stands alone. */
const MARKS: Readonly<Record<MilestoneView["state"], string>> = { done: "✓", due: "●", late: "!", to_come: "○" };
const NAMED = 3;

/** The time line now; asked for again whenever the conference changed, and as time goes by. */
export function useTimeLine(meetingId: number, changed: string): TimelineView | undefined {
  const { data, reload } = useLoad(() => timeLine(meetingId), [meetingId, changed]);
  useEffect(() => {
    const timer = setInterval(reload, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return data;
}

type Do = Exclude<MilestoneView["do"], "">;

/** The step to see to, what does it, and why that cannot be done. */
export interface Due {
  readonly step: MilestoneView | undefined;
  readonly run: () => void;
  readonly reason: string | undefined;
}

const LOOKS: readonly MilestoneView["do"][] = ["call_untested", "ask_heads", "make_report"];

/** The one thing to do now; `acts` does each. What only looks is open to everybody. */
export function useDue(
  line: TimelineView | undefined,
  reason: string | undefined,
  whyNotFloor: string | undefined,
  acts: Readonly<Record<Do, () => unknown>>,
): Due {
  const step = line?.steps.find((one) => one.key === line.next);
  const doing = step?.do;
  if (step === undefined || !doing) return { step, run: () => undefined, reason: t("line.nothing") };
  const whyNot = doing === "call_next" ? whyNotFloor : reason;
  return { step, run: () => void acts[doing](), reason: LOOKS.includes(doing) ? undefined : whyNot };
}

interface Props {
  readonly line: TimelineView | undefined;
  readonly conference: Conference;
  readonly due: Due;
}

function when(step: MilestoneView): string {
  if (step.at_ms === null) return "";
  return step.key === "plan" || step.key === "report" ? formatDate(step.at_ms) : formatClock(step.at_ms);
}

/** See above. */
export function TimeLine({ line, conference, due }: Props) {
  if (line === undefined) return <div class="rc-line" aria-busy="true" />;
  const next = due.step;
  return (
    <nav class="rc-line" aria-label={t("line.title")}>
      <ol>
        {line.steps.map((one) => (
          <li key={one.key} class={`rc-step rc-${one.state}`} aria-current={one.key === line.next ? "step" : undefined}>
            <span class="rc-mark" aria-hidden="true">
              {MARKS[one.state]}
            </span>
            <span>
              <strong>{t(`line.${one.key}`)}</strong>
              <small>
                {[
                  when(one),
                  t(`line.state.${one.state}`),
                  one.missing.length > 0 ? t("line.missing", { n: one.missing.length }) : "",
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
          </li>
        ))}
      </ol>
      {next && (
        <p class={`rc-next rc-${next.state}`} role="status">
          <span>
            <strong>{t("line.next")}</strong> {nextText(next, conference)}
          </span>
          <Button reason={due.reason} reasonHidden hint="M" onPress={due.run}>
            {t(`do.${next.do as Do}.go`)}
          </Button>
        </p>
      )}
    </nav>
  );
}

/** "Gọi 3 điểm cầu chưa kiểm tra: Xã Mẫu Một; Xã Mẫu Hai và 1 nơi khác". */
export function nextText(step: MilestoneView, conference: Conference): string {
  if (step.do === "") return "";
  const text = t(`do.${step.do}`, { n: step.missing.length });
  if (step.missing.length === 0) return text;
  const { names, more } = namesOf(step.missing, conference.sites, NAMED);
  return `${text}: ${names.join("; ")}${more > 0 ? t("line.more", { n: more }) : ""}`;
}

interface MissingProps {
  readonly step: MilestoneView;
  readonly rows: readonly Row[];
  readonly onClose: () => void;
}

/** Whom to call, with telephone numbers. */
export function MissingSheet({ step, rows, onClose }: MissingProps) {
  const missing = rows.filter((row) => step.missing.includes(row.id));
  return (
    <Dialog
      wide
      title={`${t(`line.${step.key}`)}: ${t("line.missing", { n: missing.length })}`}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t("action.close")}</Button>}
    >
      <p>{t(step.key === "heads" ? "missing.heads" : "missing.tests")}</p>
      <ul class="rc-missing">
        {missing.map((row) => (
          <li key={row.id}>
            <strong>{row.name}</strong>
            <span>
              {row.phones.length === 0 && <small>{t("phone.none")}</small>}
              {row.phones.map((one) => (
                <a key={one.who} href={`tel:${one.phone.replaceAll(" ", "")}`}>
                  <strong class="tabular">{one.phone}</strong> <small>{one.name || t(`phone.${one.who}`)}</small>
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/**
 * A day and a time of day, in the order of Vietnam whatever language the browser speaks. Below stands the whole of it in
 * words, so that a wrong day is seen by its weekday. The arrow keys go on by a day, or by five minutes.
 */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { formatLongDate, formatTime, t } from "../i18n/index.ts";
import { clockIn, clockText, dayIn, dayText, laterClock, laterDay, toIso } from "./moments.ts";

const STEP_MINUTES = 5;

export interface MomentFieldProps {
  readonly label: string;
  readonly hint?: string;
  /** What the server says is wrong. */
  readonly error?: string | undefined;
  /** Local time of the room, "2026-11-23T08:00"; "": none, or not all of it is written yet. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** The time that an empty one stands for ("00:00"). Without it day and time are both needed. */
  readonly usual?: string;
}

interface Written {
  readonly day: string;
  readonly clock: string;
}

const written = (local: string): Written => ({ day: dayText(local), clock: clockText(local) });

/** The moment that is written, "" for none. */
function momentOf({ day, clock }: Written, usual: string | undefined): string {
  const [date, time] = [dayIn(day), clock.trim() === "" ? usual : clockIn(clock)];
  return date === undefined || time === undefined ? "" : `${date}T${time}`;
}

/** What is wrong with it in words. Nothing written at all is the form's matter. */
function fault({ day, clock }: Written, usual: string | undefined): string | undefined {
  if (day.trim() === "" && clock.trim() === "") return undefined;
  if (dayIn(day) === undefined) return t(day.trim() === "" ? "moment.both" : "moment.day.wrong");
  if (clock.trim() === "") return usual === undefined ? t("moment.both") : undefined;
  return clockIn(clock) === undefined ? t("moment.clock.wrong") : undefined;
}

/** See the top of this file. */
export function MomentField({ label, hint, error, value, onValue, usual }: MomentFieldProps) {
  const id = useId();
  const [now, setNow] = useState(() => written(value));
  const [left, setLeft] = useState(false); // nobody is told off in the middle of a word
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value; // the form was filled anew
    setNow(written(value));
  }, [value]);
  const set = (next: Written) => {
    setNow(next);
    setLeft(false);
    told.current = momentOf(next, usual);
    if (told.current !== value) onValue(told.current);
  };
  const leave = () => {
    setLeft(true);
    setNow({ day: laterDay(now.day, 0), clock: laterClock(now.clock, 0) }); // as the house writes it
  };
  const wrong = error ?? (left ? fault(now, usual) : undefined);
  const arrows = (later: (steps: number) => Written) => (event: KeyboardEvent) => {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    set(later(steps));
  };
  const common = { "aria-describedby": `${id}-hint`, "aria-invalid": wrong !== undefined, onBlur: leave };
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <span class="moment">
        <input
          {...common}
          class="moment-day"
          aria-label={t("moment.day")}
          placeholder={t("moment.day.form")}
          inputMode="numeric"
          autocomplete="off"
          maxLength={10}
          value={now.day}
          onInput={(event) => set({ ...now, day: event.currentTarget.value })}
          onKeyDown={arrows((steps) => ({ ...now, day: laterDay(now.day, steps) }))}
        />
        <input
          {...common}
          class="moment-clock"
          aria-label={t("moment.clock")}
          placeholder={t("moment.clock.form")}
          inputMode="numeric"
          autocomplete="off"
          maxLength={12}
          value={now.clock}
          onInput={(event) => set({ ...now, clock: event.currentTarget.value })}
          onKeyDown={arrows((steps) => ({ ...now, clock: laterClock(now.clock, steps * STEP_MINUTES) }))}
        />
      </span>
      <small id={`${id}-hint`} class="field-hint">
        {value !== "" && (
          <strong>{t("moment.is", { day: formatLongDate(toIso(value)), time: formatTime(toIso(value)) })}</strong>
        )}
        {value !== "" && hint && <br />}
        {hint}
      </small>
      {wrong && (
        <small class="field-error" role="alert">
          {wrong}
        </small>
      )}
    </fieldset>
  );
}

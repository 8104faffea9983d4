/** Numbers, dates and times, the Vietnamese way (1.234,5 · 23/11/2026 · 08 giờ 30) or the English. */

import { type Language, language } from "./language.ts";

/** Everything is shown in the time of the meeting room, whatever a device's own clock is set to. */
export const TIME_ZONE = "Asia/Ho_Chi_Minh";

/** A moment: epoch milliseconds, an ISO 8601 string from the server, or a Date. */
export type Moment = number | string | Date;

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function numberFormat(spoken: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n ${spoken} ${JSON.stringify(options)}`;
  let format = formats.get(key) as Intl.NumberFormat | undefined;
  if (format === undefined) {
    format = new Intl.NumberFormat(spoken === "en" ? "en-GB" : "vi-VN", options);
    formats.set(key, format);
  }
  return format;
}

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
  weekday: string;
}

function partsOf(moment: Moment, spoken: Language): Parts {
  const key = `d ${spoken}`;
  let format = formats.get(key) as Intl.DateTimeFormat | undefined;
  if (format === undefined) {
    format = new Intl.DateTimeFormat(spoken === "en" ? "en-GB" : "vi-VN", {
      timeZone: TIME_ZONE,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      weekday: "long",
    });
    formats.set(key, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(new Date(moment))) parts[part.type] = part.value;
  return parts as unknown as Parts;
}

/** 1234.5 → "1.234,5" (vi) or "1,234.5" (en). */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}, spoken = language.value): string {
  return numberFormat(spoken, options).format(value);
}

/** 0.7667 → "76,67%". `digits`: at most this many after the comma. */
export function formatPercent(share: number, digits = 1, spoken = language.value): string {
  return formatNumber(share, { style: "percent", maximumFractionDigits: digits }, spoken);
}

/** "23/11/2026". */
export function formatDate(moment: Moment, spoken = language.value): string {
  const { day, month, year } = partsOf(moment, spoken);
  return `${day}/${month}/${year}`;
}

/** "Thứ Hai, 23/11/2026" or "Monday, 23/11/2026". */
export function formatLongDate(moment: Moment, spoken = language.value): string {
  return `${partsOf(moment, spoken).weekday}, ${formatDate(moment, spoken)}`;
}

/** "08:30", for clocks and tables. */
export function formatClock(moment: Moment, spoken = language.value): string {
  const { hour, minute } = partsOf(moment, spoken);
  return `${hour}:${minute}`;
}

/** "08:43:12", for receipts. */
export function formatClockSeconds(moment: Moment, spoken = language.value): string {
  return `${formatClock(moment, spoken)}:${partsOf(moment, spoken).second}`;
}

/** In running text: "08 giờ 30" or "8:30 am". On the hour, "08 giờ". */
export function formatTime(moment: Moment, spoken = language.value): string {
  const { hour, minute } = partsOf(moment, spoken);
  if (spoken === "vi") return minute === "00" ? `${hour} giờ` : `${hour} giờ ${minute}`;
  const hours = Number(hour);
  return `${hours % 12 === 0 ? 12 : hours % 12}:${minute} ${hours < 12 ? "am" : "pm"}`;
}

/** A span of milliseconds as "00:43", "12:05" or "1:02:09". Negative spans show as "00:00". */
export function formatCountdown(milliseconds: number): string {
  const whole = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** 1 536 000 → "1,5 MB" (decimal units, as file managers count). */
export function formatBytes(bytes: number, spoken = language.value): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(value, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }, spoken)} ${units[unit]}`;
}

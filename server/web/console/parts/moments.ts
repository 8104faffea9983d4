/** Days and times as people of the room write them ("23/11/2026", "08:30"), and as the server wants them; pure. */

const ZONE = "+07:00"; // Vietnam has one zone and no summer time
const DAY_MS = 24 * 3_600_000;
const DAY_MINUTES = 24 * 60;

/** What the server wants of a local time of the room ("2026-11-23T08:00"): ISO 8601 with its zone. */
export const toIso = (local: string) => `${local}:00${ZONE}`;

/** The local time of the room, "2026-11-23T08:00", from epoch milliseconds. */
export function toLocal(moment: number): string {
  return new Date(moment + 7 * 3_600_000).toISOString().slice(0, 16);
}

const DAY = /^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4}|\d{2})$|^(\d{2})(\d{2})(\d{4})$/;
const CLOCK = /^(\d{1,2})(?:\s*(?:[:.hg]|giờ)\s*(\d{1,2})?)?(?:\s*(?:phút|ph))?$|^(\d{2})(\d{2})$/i;

/** "2026-11-23" of "23/11/2026", "23-11-26" or "23112026": the day stands first. undefined: there is no such day. */
export function dayIn(text: string): string | undefined {
  const [day, month, year] = DAY.exec(text.trim())?.slice(1).filter(Boolean) ?? [];
  if (day === undefined || month === undefined || year === undefined) return undefined;
  const iso = [year.padStart(4, "20"), month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  const at = new Date(`${iso}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined; // 31/02 is no day
}

/** "08:30" of "8:30", "8h30", "8 giờ 30" or "0830"; "8" is the full hour. undefined: there is no such time. */
export function clockIn(text: string): string | undefined {
  const [hour, minute = "0"] = CLOCK.exec(text.trim())?.slice(1).filter(Boolean) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

/** "23/11/2026" of "2026-11-23T08:00". */
export const dayText = (local: string) => local.slice(0, 10).split("-").reverse().join("/");

/** "08:00" of "2026-11-23T08:00". */
export const clockText = (local: string) => local.slice(11, 16);

/** A day so many days later, as it is written; what is no day stays. */
export function laterDay(text: string, days: number): string {
  const day = dayIn(text);
  if (day === undefined) return text;
  return dayText(new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString());
}

/** A time so many minutes later, round midnight; what is no time stays. */
export function laterClock(text: string, minutes: number): string {
  const [hour, minute] = (clockIn(text) ?? "").split(":").map(Number);
  if (hour === undefined || minute === undefined) return text;
  const later = (hour * 60 + minute + minutes + DAY_MINUTES) % DAY_MINUTES;
  return [Math.floor(later / 60), later % 60].map((one) => String(one).padStart(2, "0")).join(":");
}

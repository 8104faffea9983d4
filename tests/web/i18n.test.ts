import { afterEach, expect, test } from "vitest";
import * as i18n from "../../server/web/common/i18n/index.ts";

afterEach(() => {
  i18n.language.value = "vi";
});

const MORNING = "2026-11-23T01:30:05Z"; // 08:30:05 in Hà Nội

test("numbers, dates and times are written the Vietnamese way", () => {
  expect(i18n.formatNumber(1234.5)).toBe("1.234,5");
  expect(i18n.formatPercent(46 / 60)).toBe("76,7%");
  expect(i18n.formatDate(MORNING)).toBe("23/11/2026");
  expect(i18n.formatLongDate(MORNING)).toBe("Thứ Hai, 23/11/2026");
  expect(i18n.formatTime(MORNING)).toBe("08 giờ 30");
  expect(i18n.formatTime("2026-11-23T01:00:00Z")).toBe("08 giờ");
  expect(i18n.formatClockSeconds(MORNING)).toBe("08:30:05");
  expect(i18n.formatBytes(1_536_000)).toBe("1,5 MB");
});

test("and the English way", () => {
  i18n.language.value = "en";
  expect(i18n.formatNumber(1234.5)).toBe("1,234.5");
  expect(i18n.formatTime(MORNING)).toBe("8:30 am");
  expect(i18n.formatTime("2026-11-23T17:05:00Z")).toBe("12:05 am");
  expect(i18n.formatLongDate(MORNING)).toBe("Monday, 23/11/2026");
});

test("a countdown never goes below zero and never shows a second too few", () => {
  expect(i18n.formatCountdown(43_000)).toBe("00:43");
  expect(i18n.formatCountdown(42_001)).toBe("00:43");
  expect(i18n.formatCountdown(3_729_000)).toBe("1:02:09");
  expect(i18n.formatCountdown(-5)).toBe("00:00");
});

test("texts follow the language, take params and choose by number", () => {
  const t = i18n.translator({ left: "còn {n} phiếu", who: "Mời đồng chí {name}" } as const, {
    left: "{n} {n|vote|votes} left",
    who: "Welcome, {name}",
  });
  expect(t("left", { n: 1500 })).toBe("còn 1.500 phiếu");
  i18n.language.value = "en";
  expect(t("left", { n: 1 })).toBe("1 vote left");
  expect(t("left", { n: 1500 })).toBe("1,500 votes left");
  expect(t("who", { name: "{n}" })).toBe("Welcome, {n}"); // what a person typed is not a template
});

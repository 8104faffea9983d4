import { expect, test } from "vitest";
import { telex, typed } from "../../server/web/common/telex.ts";

test.each([
  ["nguyeenx", "nguyễn"],
  ["Nguyeenx Vawn Hieeuj", "Nguyễn Văn Hiệu"],
  ["ddoongf chis", "đồng chí"],
  ["DDawngj", "Đặng"],
  ["DDAWNGJ", "ĐẶNG"],
  ["hoaf", "hòa"],
  ["hoanf", "hoàn"],
  ["hoafn", "hoàn"],
  ["thuys", "thúy"],
  ["thuyeenf", "thuyền"],
  ["thuyfeen", "thuyền"],
  ["quys", "quý"],
  ["quoocs", "quốc"],
  ["giaf", "già"],
  ["gif", "gì"],
  ["gieengs", "giếng"],
  ["dduowngf", "đường"],
  ["duwongf", "dường"],
  ["nguwowif", "người"],
  ["truwongr", "trưởng"],
  ["muaw", "mưa"],
  ["hoawcj", "hoặc"],
  ["xoawn", "xoăn"],
  ["khuyur", "khuỷu"],
  ["tw", "tư"],
  ["canaf", "cần"],
  ["ngoaif", "ngoài"],
  ["huowu", "hươu"],
  ["tieengs Vieetj", "tiếng Việt"],
  ["yeeu", "yêu"],
  ["dungxd", "đũng"],
  ["B12", "B12"],
])("%s is typed as %s", (keys, text) => {
  expect(typed(keys)).toBe(text);
});

test.each([
  ["aaa", "aa"],
  ["ass", "as"],
  ["ddd", "dd"],
  ["aww", "aw"],
  ["asz", "a"],
  ["asf", "à"],
])("%s takes back to %s", (keys, text) => {
  expect(typed(keys)).toBe(text);
});

test("only the last word changes", () => {
  expect(telex("Trần Văn a", "s")).toBe("Trần Văn á");
  expect(telex("Trần Văn ", "s")).toBe("Trần Văn s");
});

test("no row of keys breaks it or grows beyond one letter a key", () => {
  let seed = 7;
  const next = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * n);
  };
  for (let round = 0; round < 2000; round += 1) {
    const keys = Array.from({ length: 1 + next(12) }, () => "abcdefghijklmnopqrstuvwxyzAEOWD "[next(32)] ?? "a").join(
      "",
    );
    const text = typed(keys);
    expect(text.normalize("NFC")).toBe(text);
    expect(text.length).toBeLessThanOrEqual(keys.length);
  }
});

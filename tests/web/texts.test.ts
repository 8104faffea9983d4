/** Every visible text stands in a dictionary, and both dictionaries of a folder say the same things. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "vite";
import { describe, expect, test } from "vitest";
import { ROOT } from "./root.ts";

const FOLDERS = ["server/web", "kiosk/web", "display/web"];
/** Two letters in a row, or one that no English abbreviation or unit has. */
const WORD = /\p{L}{2}|(?=\p{L})[^A-Za-z]/u;
const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;
const SPOKEN = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "title"]);
const SHOWN = new Set([...SPOKEN, "placeholder", "label", "reason", "hint"]);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(i18n|dist|build)\/|\.gen\.ts$/.test(name))
    .map((name) => `${folder}/${name}`);
}

/** What is printed on the keys of every keyboard. */
const KEYS = new Set(["Esc", "Del", "Tab", "Enter", "Ctrl", "Shift", "Alt", "Home", "End", "PgUp", "PgDn"]);

/** Texts in a source that a person would see and that no dictionary holds. */
function strays(name: string, source: string): string[] {
  const found: string[] = [];
  const report = (text: string) => {
    if (text.split(/[\s+]+/).some((word) => WORD.test(word) && !KEYS.has(word))) found.push(text.trim());
  };
  const { program, errors } = parseSync(name, source);
  expect(errors).toEqual([]);
  new Visitor({
    JSXText: (node) => report(node.value),
    JSXAttribute: (node) => {
      const attribute = node.name.type === "JSXIdentifier" ? node.name.name : "";
      if (SHOWN.has(attribute) && node.value?.type === "Literal") report(String(node.value.value));
    },
    Literal: (node) => {
      if (typeof node.value === "string" && VIETNAMESE.test(node.value)) found.push(node.value);
    },
    TemplateElement: (node) => {
      if (VIETNAMESE.test(node.value.raw)) found.push(node.value.raw);
    },
  }).visit(program);
  return found;
}

const files = FOLDERS.flatMap(sources);

/** Letters a person types on the Telex pad are not texts of the interface. */
const ALPHABETS = new Set(["server/web/common/telex.ts"]);

test("the sources are where this test looks for them", () => {
  expect(files).toContain("kiosk/web/App.tsx");
  expect(files).toContain("server/web/common/components/Button.tsx");
});

test.each(files.filter((name) => !ALPHABETS.has(name)))("%s holds no text of its own", (name) => {
  expect(strays(name, readFileSync(join(ROOT, name), "utf8"))).toEqual([]);
});

test("a stray text is found wherever it hides", () => {
  const source = `
    export const a = <p>Hello there</p>;
    export const b = <img alt="A picture" />;
    export const c = "Chào đồng chí";
    export const d = (n: number) => \`còn \${n} giây\`;
    export const e = <Button reason="Not now" />;
    export const fine = <p class="some words">{t("key.name")} 12:30 · –</p>;
  `;
  expect(strays("stray.tsx", source)).toHaveLength(6);
});

describe.each(
  FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  ).filter((name) => name.endsWith("i18n/vi.ts")),
)("%s", (name) => {
  test("has the same keys and the same params in English", async () => {
    const { vi } = (await import(join(ROOT, name))) as { vi: Record<string, string> };
    const { en } = (await import(join(ROOT, name.replace("vi.ts", "en.ts")))) as { en: Record<string, string> };
    expect(Object.keys(en)).toEqual(Object.keys(vi));
    const params = (text: string) => [...new Set(Array.from(text.matchAll(/\{([^{}|]+)/g), (hit) => hit[1]))].sort();
    for (const [key, text] of Object.entries(vi)) expect([key, params(en[key] ?? "")]).toEqual([key, params(text)]);
  });
});

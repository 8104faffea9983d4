/** The two things our build does beyond Vite: it stamps every page with the id of its sources, and it compresses. */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What the id is made from: everything that can change what a browser gets. */
const SOURCES = ["server/web", "kiosk/web", "display/web", "package-lock.json", "tsconfig.json", "vite.config.ts"];
const IGNORED = new Set(["dist", "node_modules", "__pycache__"]);
const SMALLEST_WORTH_COMPRESSING = 1024; // bytes

function filesUnder(path: string): string[] {
  let entries: import("node:fs").Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path]; // a file
  }
  return entries
    .filter((entry) => !IGNORED.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]));
}

/**
 * The id of a build: 16 hex digits of SHA-256 over names and contents of the sources.
 * The same sources give the same id on every machine.
 */
export function buildId(root: string): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((source) => filesUnder(join(root, source)));
  for (const file of files.map((path) => relative(root, path).split(sep).join("/")).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** Put the build id into every page and into build.json, where the server reads it. */
export function stamp(root: string): Plugin {
  const id = buildId(root);
  return {
    name: "nghisu-stamp",
    transformIndexHtml: () => [{ tag: "meta", attrs: { name: "nghisu-build", content: id }, injectTo: "head" }],
    writeBundle(options) {
      const folder = options.dir ?? root;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "build.json"), `${JSON.stringify({ build: id })}\n`);
    },
  };
}

/** Write `x.js.gz` beside each large text asset, so that the server compresses nothing while a hall loads the page. */
export function compress(): Plugin {
  return {
    name: "nghisu-compress",
    apply: "build",
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|svg|wasm)$/.test(name)) continue;
        const path = join(options.dir ?? ".", name);
        const bytes = readFileSync(path);
        if (bytes.length >= SMALLEST_WORTH_COMPRESSING) writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

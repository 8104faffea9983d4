/** One page per surface, built from the repository root into server/web/dist (or NGHISU_WEB_OUT). */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { compress, stamp } from "./server/web/build/plugins.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Surface → its page. The server serves the same pages at the same addresses. */
const PAGES: Record<string, string> = {
  console: "server/web/console/index.html",
  door: "server/web/door/index.html",
  "sign-in": "server/web/sign-in/index.html",
  docs: "server/web/docs/index.html",
  teller: "server/web/teller/index.html",
  site: "server/web/site/index.html",
  seat: "kiosk/web/index.html",
  wall: "display/web/index.html",
};

/** `npm run dev`: the pages at /console/, /seat/ … as on the server. */
const devPages: Plugin = {
  name: "nghisu-dev-pages",
  apply: "serve",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const name = /^\/([a-z-]+)\/?(?:\?.*)?$/.exec(request.url ?? "")?.[1];
      const page = name === undefined ? undefined : PAGES[name];
      if (page !== undefined) request.url = `/${page}`;
      next();
    });
  },
};

const server = process.env.NGHISU_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  root,
  base: "/",
  publicDir: false,
  resolve: { alias: { "@common": `${root}server/web/common` } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [devPages, stamp(root), compress()],
  build: {
    outDir: process.env.NGHISU_WEB_OUT ?? "server/web/dist",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the content security policy knows no data: scripts or fonts
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(PAGES).filter(([, page]) => existsSync(`${root}${page}`))),
    },
  },
  server: { proxy: { "/api": server, "/socket.io": { target: server, ws: true } } },
});

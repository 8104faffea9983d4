import { post } from "@common/api/index.ts";
import { mount, prepare } from "@common/mount.tsx";
import { App } from "./App.tsx";
import { live } from "./live.ts";

prepare({ surface: "site" });
const code = new URLSearchParams(location.search).get("code");
if (code !== null) {
  // An enrolment address: the one-time code becomes this browser's own sign-in, and leaves the address bar.
  history.replaceState(null, "", "/site/");
  post("/api/enrol", { code }, { once: true })
    .then(() => live.reconnect(true))
    .catch(() => live.reconnect());
}
mount(App);

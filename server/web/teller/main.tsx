import { mount, prepare } from "@common/mount.tsx";
import { App } from "./App.tsx";

prepare({ surface: "teller" });
mount(App);

import { mount, prepare } from "@common/mount.tsx";
import { App } from "./App.tsx";
import { wantedSurface } from "./session.ts";

prepare({ surface: "sign-in", session: wantedSurface(location.search) });
mount(App);

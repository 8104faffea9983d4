import { mount, prepare } from "@common/mount.tsx";
import { App } from "./App.tsx";
import { startDevice } from "./device.ts";

prepare({ surface: "wall", theme: "dark" });
mount(App);
void startDevice();

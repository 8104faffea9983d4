import { mount, prepare } from "@common/mount.tsx";
import { App } from "./App.tsx";

prepare({ surface: "wall", theme: "dark" });
mount(App);

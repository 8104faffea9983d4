import { mount, prepare } from "@common/mount.tsx";
import { computed } from "@preact/signals";
import { App } from "./App.tsx";
import { stayAwake, swallowWakingTap } from "./wake.ts";
import { sitter } from "./who.ts";

prepare({ surface: "seat" });
swallowWakingTap();
stayAwake(computed(() => sitter.value !== undefined));
mount(App);

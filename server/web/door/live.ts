/** This page's line to the server. */

import { startLive } from "@common/live/index.ts";
import { scene } from "./state.ts";

export const live = startLive({ surface: "door", mayReload: () => scene.value.kind === "idle" });

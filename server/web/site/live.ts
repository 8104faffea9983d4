/** This page's line to the server. */

import { startLive } from "@common/live/index.ts";
import { running } from "./test/flow.ts";

export const live = startLive({ surface: "site", mayReload: () => running.value === undefined });

/** This page's line to the server. */

import { startLive } from "@common/live/index.ts";

export const live = startLive({ surface: "seat", mayReload: () => true });

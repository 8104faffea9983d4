/** Whether turning the page of the presented paper sends it at once; remembered on this device. */

import { remember, remembered } from "@common/storage.ts";
import { effect, signal } from "@preact/signals";

const KEY = "nghisu-console-page-turns-send";

export const pageTurnsSend = signal(remembered(KEY) === "yes");

effect(() => remember(KEY, pageTurnsSend.value ? "yes" : undefined));

/** English texts of the console, by area. */

import { admin } from "./en/admin.ts";
import { prepare } from "./en/prepare.ts";
import { run } from "./en/run.ts";
import { shell } from "./en/shell.ts";
import { votes } from "./en/votes.ts";

export const en = { ...shell, ...run, ...prepare, ...admin, ...votes };

/** Vietnamese texts of the console, by area. en.ts must have the same keys. */

import { admin } from "./vi/admin.ts";
import { prepare } from "./vi/prepare.ts";
import { run } from "./vi/run.ts";
import { shell } from "./vi/shell.ts";
import { votes } from "./vi/votes.ts";

export const vi = { ...shell, ...run, ...prepare, ...admin, ...votes } as const;

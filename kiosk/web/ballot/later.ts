/** What ordinary votes do not need comes after the first picture: lists, names, writing, results with many rows. */

import { later } from "../parts/Later.tsx";

export const Many = later(() => import("./long/index.ts").then((part) => part.Many));
export const Levels = later(() => import("./long/index.ts").then((part) => part.Levels));
export const SaidList = later(() => import("./long/index.ts").then((part) => part.SaidList));
export const Write = later(() => import("./long/index.ts").then((part) => part.Write));
export const LongResult = later(() => import("./long/index.ts").then((part) => part.LongResult));
export const RuleSheet = later(() => import("./long/index.ts").then((part) => part.RuleSheet));

/** The floor is given in two keys: one asks for a site, another confirms. */

import { ask } from "../../parts/Ask.tsx";
import { act } from "../../parts/act.ts";
import { giveFloor } from "../calls.ts";
import type { Row } from "../model.ts";
import { t } from "./i18n/index.ts";

/** The key that asks; G confirms. */
export const FLOOR_KEY = "f";

/** Ask whether this site shall speak to all. */
export function askFloor(meetingId: number, row: Row): void {
  ask({
    title: t("floor.give.title", { name: row.name }),
    says: [t("floor.give.says")],
    warning: row.maySpeak ? undefined : t("floor.why.mute"),
    action: t("floor.give"),
    key: "g",
    run: () => act(giveFloor(meetingId, row.id), () => t("floor.given", { name: row.name })),
  });
}

/** The picture on this meeting's walls: alone, or beside the agenda or the page. For the host and for a room attached. */

import { Button } from "@common/components/Button.tsx";
import { act } from "../parts/act.ts";
import { showOnWall } from "./calls.ts";
import { t } from "./i18n/index.ts";

const LAYOUTS = ["", "agenda", "document"] as const;

export interface OnWallProps {
  readonly meetingId: number;
  /** Why it cannot be shown. */
  readonly reason: string | undefined;
}

/** See above. */
export function OnWall({ meetingId, reason }: OnWallProps) {
  return (
    <div class="buttons" role="group" aria-label={t("wall.title")}>
      {LAYOUTS.map((beside) => (
        <Button key={beside} reason={reason} reasonHidden onPress={() => act(showOnWall(meetingId, beside))}>
          {t(`wall.${beside === "" ? "full" : beside}`)}
        </Button>
      ))}
    </div>
  );
}

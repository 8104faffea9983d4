/** What the wall shows: a small picture made from the same topics, and the choice of scene. */

import { Dialog } from "@common/components/Dialog.tsx";
import { useKeys } from "@common/keys.ts";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { showOnWall } from "../calls/room.ts";
import { formatClock, t, word } from "../i18n/index.ts";
import { act } from "../parts/act.ts";
import type { Scene } from "../shapes.ts";
import type { Cockpit } from "./model.ts";
import { SCENES, sceneDetails, sceneKey, whyNotScene } from "./scenes.ts";
import { WallThumb } from "./WallThumb.tsx";

const choosing = signal(false);

function show(cockpit: Cockpit, scene: Scene): Promise<boolean> {
  return act(showOnWall(cockpit.id, scene, sceneDetails(cockpit, scene))); // the thumbnail shows that it is done
}

interface ScenesProps {
  readonly cockpit: Cockpit;
  readonly numbered?: boolean;
  readonly onShown?: () => void;
}

function Scenes({ cockpit, numbered = false, onShown }: ScenesProps) {
  return (
    <div class={numbered ? "scenes scenes-large" : "scenes"} role="group" aria-label={t("wall.choose")}>
      {SCENES.map((scene, index) => {
        const reason = whyNotScene(cockpit, scene);
        const id = `scene-why-${numbered ? "sheet" : "panel"}-${scene}`;
        return (
          <button
            key={scene}
            type="button"
            class="scene"
            aria-pressed={cockpit.wall?.scene === scene}
            aria-disabled={reason !== undefined}
            aria-describedby={reason ? id : undefined}
            title={reason}
            onClick={() => {
              if (reason !== undefined) return;
              onShown?.();
              void show(cockpit, scene);
            }}
          >
            {numbered && <kbd>{sceneKey(index)}</kbd>}
            <span>{t(`scene.${scene}`)}</span>
            {reason && (
              <small id={id} class={numbered ? "scene-why" : "visually-hidden"}>
                {reason}
              </small>
            )}
          </button>
        );
      })}
    </div>
  );
}

/** Mounted inside the dialog, so that these keys lie above the dialog's own. */
function SceneKeys({ cockpit, close }: { readonly cockpit: Cockpit; readonly close: () => void }) {
  const numbered = SCENES.map((scene, index) => [
    sceneKey(index),
    {
      label: t(`scene.${scene}`),
      reason: whyNotScene(cockpit, scene),
      run: () => {
        close();
        void show(cockpit, scene);
      },
    },
  ]);
  useKeys(
    { Escape: { label: t("action.close"), run: close }, ...Object.fromEntries(numbered) },
    { title: t("wall.choose"), alone: true },
  );
  return null;
}

function SceneSheet({ cockpit }: { readonly cockpit: Cockpit }) {
  const close = () => {
    choosing.value = false;
  };
  return (
    <Dialog title={t("wall.choose")} onClose={close}>
      <SceneKeys cockpit={cockpit} close={close} />
      <Scenes cockpit={cockpit} numbered onShown={close} />
    </Dialog>
  );
}

/** See the top of this file. */
export function WallPanel({ cockpit }: { readonly cockpit: Cockpit }) {
  const { wall } = cockpit;
  useEffect(
    () => () => {
      choosing.value = false; // another page was opened over the choice
    },
    [],
  );
  useKeys(
    {
      w: {
        label: t("wall.title"),
        reason: cockpit.whyReadOnly,
        run: () => {
          choosing.value = true;
        },
      },
    },
    { title: t("wall.title") },
  );
  return (
    <div class="wall-panel">
      <h3 class="section-title">
        {t("wall.title")}
        {wall && (
          <small>
            {word("scene", wall.scene)} {t("wall.since", { time: formatClock(wall.since_ms) })}
          </small>
        )}
      </h3>
      <div class="wall-both">
        <WallThumb cockpit={cockpit} />
        <Scenes cockpit={cockpit} />
      </div>
      {choosing.value && <SceneSheet cockpit={cockpit} />}
    </div>
  );
}

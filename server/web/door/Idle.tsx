/** Waiting for the next code: the camera's picture with a frame, and how many have come. */

import { Button } from "@common/components/Button.tsx";
import { Icon } from "@common/components/Icon.tsx";
import { useEffect, useRef, useState } from "preact/hooks";
import { Camera, type CameraState } from "./camera.ts";
import { t } from "./i18n/index.ts";
import { scanned, show } from "./state.ts";

export function Idle() {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>("starting");
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (video.current === null) return undefined;
    const camera = new Camera(video.current, scanned, setState);
    void camera.start();
    return () => camera.stop();
  }, [attempt]);

  return (
    <section class="door-idle">
      <div class={`door-camera door-camera-${state}`}>
        <video ref={video} muted playsInline tabIndex={-1} />
        <span class="door-frame" aria-hidden="true" />
        {state !== "on" && (
          <p class="door-camera-word">
            <Icon name="camera" size="2.5em" />
            {t(`camera.${state}`)}
          </p>
        )}
      </div>
      {(state === "on" || state === "starting") && <p class="door-ask">{t("idle.scan")}</p>}
      {state === "on" && <p class="door-ask-more">{t("idle.scanner")}</p>}
      <div class="door-tools">
        {(state === "denied" || state === "none") && (
          <Button icon="again" onPress={() => setAttempt(attempt + 1)}>
            {t("camera.again")}
          </Button>
        )}
        <Button icon="search" hint="F2" onPress={() => show({ kind: "search" })}>
          {t("search.open")}
        </Button>
      </div>
    </section>
  );
}

/** The room sees itself before it is seen: picture, level of the microphone, which camera and microphone. */

import { Field } from "@common/components/Field.tsx";
import { useEffect, useRef, useState } from "preact/hooks";
import { choose, chosen, devices, type Kind, own, trouble } from "./camera.ts";
import { t } from "./i18n/index.ts";
import { levelOf } from "./test/room.ts";

const LOOK_MS = 100;
const SAMPLES = 1024;

/** What stands in the way, and what to do about it. */
export function Trouble() {
  const why = trouble.value;
  if (why === undefined) return null;
  return (
    <p class="site-trouble" role="alert">
      {t(own.value !== undefined ? "camera.soundOnly" : `camera.${why}`)}
    </p>
  );
}

/** Picture and level, as long as camera and microphone are open. `onAir`: they are sent. */
export function Mirror({ onAir }: { readonly onAir: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  const stream = own.value;
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream ?? null;
  }, [stream]);
  if (stream === undefined) return null;
  const label = onAir ? t("floor.mirror") : t("camera.preview");
  return (
    <div class="site-mirror" data-on-air={onAir}>
      {stream.getVideoTracks().length > 0 && (
        <video class="site-picture" ref={video} autoplay playsInline muted aria-label={label} />
      )}
      <p>{label}</p>
      <Loudness stream={stream} />
    </div>
  );
}

function Loudness({ stream }: { readonly stream: MediaStream }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (stream.getAudioTracks().length === 0) return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Float32Array(SAMPLES);
    analyser.fftSize = SAMPLES;
    context.createMediaStreamSource(stream).connect(analyser);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      setLevel(levelOf(samples));
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [stream]);
  return (
    <div class="site-level">
      <span>{t("room.level")}</span>
      <meter min={0} max={100} value={level} aria-label={t("room.level")} />
    </div>
  );
}

/** Which camera, which microphone; only where there is a choice. */
export function Choice() {
  return (
    <>
      <One kind="camera" />
      <One kind="microphone" />
    </>
  );
}

function One({ kind }: { readonly kind: Kind }) {
  const found = devices.value[kind];
  if (own.value === undefined || found.length < 2) return null;
  return (
    <Field label={t(`camera.which.${kind}`)}>
      {(control) => (
        <select {...control} value={chosen(kind)} onChange={(event) => void choose(kind, event.currentTarget.value)}>
          {found.map(({ id, name }, at) => (
            <option key={id} value={id}>
              {name || t(`camera.nameless.${kind}`, { n: at + 1 })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/**
 * The picture of the relay, and words when there is none: what is awaited, since when the picture stands, what is done
 * about it. The last picture stays, dimmed, until the next connection shows its first.
 */

import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { problemText } from "../api/index.ts";
import { formatClockSeconds, t } from "../i18n/index.ts";
import { serverNow } from "../live/index.ts";
import type { Viewing } from "../whep/client.ts";
import type { Phase, State } from "../whep/machine.ts";
import { Button } from "./Button.tsx";
import "./Player.css";

export interface PlayerProps {
  readonly viewing: Viewing;
  /** Play its sound. */
  readonly sound: boolean;
  /** What the picture is of, for readers: the conference's name. */
  readonly label: string;
  /** Shown until the first picture, above what is being done: the conference's name, when it begins. */
  readonly children?: ComponentChildren;
  /** For a small picture: one short word where there would be a sentence. */
  readonly brief?: boolean;
}

/** See PlayerProps. Fills its parent. */
export function Player({ viewing, sound, label, children, brief = false }: PlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [mute, setMute] = useState(false); // the browser wants a touch before it plays sound
  const painted = usePicture(viewing, video, still, sound && !mute, () => setMute(true));
  useAnyTouch(sound && mute, () => setMute(false));
  const shown = painted !== undefined;
  const state = viewing.state.value;
  const words = wordsOf(state, shown, viewing.clock(), brief);
  const runs = state.phase === "playing" || state.phase === "listening";
  const held = shown && (!runs || painted !== viewing.stream.value);
  const classes = ["player", held && "player-held", state.phase === "listening" && "player-dim"];
  return (
    <div class={classes.filter(Boolean).join(" ")} data-phase={state.phase}>
      <video ref={video} autoplay playsInline muted={!sound || mute} aria-label={label} />
      <canvas ref={still} />
      {shown ? (
        words && (
          <p class="player-word" role="status">
            <strong>{words.what}</strong>
            {words.more && <span>{words.more}</span>}
          </p>
        )
      ) : (
        <div class="player-poster" role="status">
          {children}
          {words && <strong>{words.what}</strong>}
          {words?.more && <span>{words.more}</span>}
        </div>
      )}
      {sound && mute && (
        <div class="player-sound" role="status">
          <span>{t("player.blocked")}</span>
          <Button kind="primary" icon="play" onPress={() => setMute(false)}>
            {t("player.sound")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Chromium shows a picture of 2×2 black pixels when a track has ended. */
const NOTHING_PX = 2;
/** How often the picture is copied while it runs. */
const COPY_MS = 1_000;

/** Put the stream into the video and keep a copy of its last picture; the answer is what was painted last. */
function usePicture(
  viewing: Viewing,
  video: { readonly current: HTMLVideoElement | null },
  still: { readonly current: HTMLCanvasElement | null },
  sound: boolean,
  blocked: () => void,
): MediaStream | undefined {
  const [shown, setShown] = useState<MediaStream>();
  useSignalEffect(() => {
    const stream = viewing.stream.value;
    const element = video.current;
    if (element === null || stream === undefined || element.srcObject === stream) return;
    element.srcObject = stream;
    void play(element, blocked);
  });
  const before = useRef<Phase>("closed");
  useSignalEffect(() => {
    const { phase } = viewing.state.value;
    const stopped = before.current === "playing" && phase !== "playing"; // later the video may hold nothing
    if (stopped && video.current && still.current) copy(video.current, still.current);
    before.current = phase;
  });
  useEffect(() => {
    if (sound && video.current?.srcObject) void play(video.current, blocked);
  }, [sound]);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let wanted = 0;
    let copied = 0;
    const painted: VideoFrameRequestCallback = (now, { width }) => {
      wanted = element.requestVideoFrameCallback(painted);
      if (width <= NOTHING_PX) return;
      viewing.painted();
      if (viewing.state.peek().phase !== "playing") return; // a track that ended is painted black
      if (element.srcObject instanceof MediaStream) setShown(element.srcObject);
      if (now - copied < COPY_MS || still.current === null) return;
      copied = now; // a browser may drop the picture together with the line
      copy(element, still.current);
    };
    wanted = element.requestVideoFrameCallback(painted);
    return () => element.cancelVideoFrameCallback(wanted);
  }, [viewing]);
  return shown;
}

/** On a wall nobody aims at a button: any key and any touch will do. */
function useAnyTouch(wanted: boolean, run: () => void): void {
  useEffect(() => {
    if (!wanted) return undefined;
    const kinds = ["keydown", "pointerup"] as const; // what a browser counts as a touch
    for (const kind of kinds) document.addEventListener(kind, run);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, run);
    };
  }, [wanted]);
}

/** Play; where sound is not allowed without a touch, play silently and say so. */
async function play(element: HTMLVideoElement, blocked: () => void): Promise<void> {
  try {
    await element.play();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "NotAllowedError")) return; // replaced meanwhile
    blocked();
    element.muted = true;
    await element.play().catch(() => undefined);
  }
}

function copy(video: HTMLVideoElement, still: HTMLCanvasElement): void {
  if (video.videoWidth <= NOTHING_PX || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
  still.width = video.videoWidth;
  still.height = video.videoHeight;
  still.getContext("2d")?.drawImage(video, 0, 0);
}

interface Words {
  readonly what: string;
  readonly more?: string | undefined;
}

/** What to say; undefined while pictures run. `now` is the clock of `state`. */
function wordsOf(state: State, shown: boolean, now: number, brief: boolean): Words | undefined {
  if (state.phase === "playing" || state.phase === "closed") return undefined;
  if (state.phase === "listening") {
    return { what: t("player.listening"), more: brief ? undefined : t("player.listening.why") };
  }
  const problem = state.problem && problemText(state.problem);
  if (!shown) {
    if (problem && !brief) return { what: problem.detail, more: problem.next };
    return { what: problem ? problem.detail : t("player.joining") };
  }
  const time = formatClockSeconds(serverNow() - (now - (state.pictureAt ?? now)));
  if (brief) return { what: t("player.lost.brief") };
  return { what: t("player.lost", { time }), more: problem ? problem.detail : t("player.again") };
}

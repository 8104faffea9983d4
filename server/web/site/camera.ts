/** Camera and microphone of the room: which ones, opened and seen by the room itself before anybody else sees them. */

import { signal } from "@preact/signals";

/** Why there is nothing to send: not allowed, not there, held by another program, or a page without HTTPS. */
export type Trouble = "denied" | "missing" | "busy" | "insecure";
export type Kind = "camera" | "microphone";

export interface Device {
  readonly id: string;
  readonly name: string;
}

export const own = signal<MediaStream | undefined>(undefined);
export const trouble = signal<Trouble | undefined>(undefined);
export const devices = signal<Readonly<Record<Kind, readonly Device[]>>>({ camera: [], microphone: [] });

/** 720p25: what every rung below and every receiver was measured with. A camera that gives less is taken as it is. */
export const LIMITS = { width: 1280, height: 720, fps: 25, bits: 2_500_000 } as const;
const KEPT = "nghisu.site";

/** What is asked of the browser. A device that was chosen and is gone must not keep the room from speaking: ideal. */
export function wishes(
  camera: string,
  microphone: string,
): { video: MediaTrackConstraints; audio: MediaTrackConstraints } {
  const chosen = (id: string) => (id === "" ? {} : { deviceId: { ideal: id } });
  return {
    video: {
      width: { ideal: LIMITS.width, max: LIMITS.width },
      height: { ideal: LIMITS.height, max: LIMITS.height },
      frameRate: { ideal: LIMITS.fps, max: LIMITS.fps },
      ...chosen(camera),
    },
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...chosen(microphone) },
  };
}

/** What stands in the way, from the names of getUserMedia's errors (Media Capture and Streams, 10.2). */
export function troubleOf(name: string): Trouble {
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "missing";
}

/** The device in use, or the one chosen last. */
export function chosen(kind: Kind): string {
  const track = (kind === "camera" ? own.value?.getVideoTracks() : own.value?.getAudioTracks())?.[0];
  return track?.getSettings().deviceId ?? kept(kind);
}

function kept(kind: Kind): string {
  return localStorage.getItem(`${KEPT}.${kind}`) ?? "";
}

/** Take another device from now on. */
export async function choose(kind: Kind, id: string): Promise<void> {
  localStorage.setItem(`${KEPT}.${kind}`, id);
  await openRoom();
}

/** Open both; the microphone alone where there is no camera: who is heard can speak. What is wrong is in `trouble`. */
export async function openRoom(): Promise<MediaStream | undefined> {
  closeRoom();
  trouble.value = undefined;
  if (navigator.mediaDevices === undefined) {
    trouble.value = "insecure";
    return undefined;
  }
  const { video, audio } = wishes(kept("camera"), kept("microphone"));
  try {
    own.value = await navigator.mediaDevices.getUserMedia({ video, audio });
  } catch (error) {
    const why = troubleOf(error instanceof DOMException ? error.name : "");
    own.value = why === "denied" ? undefined : await soundAlone(audio);
    trouble.value = why;
  }
  await list();
  return own.value;
}

async function soundAlone(audio: MediaTrackConstraints): Promise<MediaStream | undefined> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch {
    return undefined;
  }
}

async function list(): Promise<void> {
  const found = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind) =>
    found
      .filter((one) => one.kind === kind && one.deviceId !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
  devices.value = { camera: of("videoinput"), microphone: of("audioinput") };
}

/** Both off. */
export function closeRoom(): void {
  for (const track of own.peek()?.getTracks() ?? []) track.stop();
  own.value = undefined;
}

/** Speaking back: camera and microphone of the room go up to the centre over WHIP, while this site has the floor. */

import { asProblem, type Problem, post, remove } from "@common/api/index.ts";
import { agree } from "@common/whep/agree.ts";
import type { Answer } from "@common/whep/signalling.ts";
import { signal } from "@preact/signals";

export type Speaking = "off" | "opening" | "on" | "lost";

export const speaking = signal<Speaking>("off");
export const own = signal<MediaStream | undefined>(undefined);
export const whyNot = signal<Problem | undefined>(undefined);

const NOT_YET = 503;
const TRIES = 8;
const AGAIN_MS = 1_000;

let peer: RTCPeerConnection | undefined;
let session: string | undefined;

/** The relay passes pictures on as they are, and every receiver takes H.264. */
function onlyH264(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpSender.getCapabilities("video")?.codecs ?? [];
  const wanted = known.filter((one) => one.mimeType.toLowerCase() === "video/h264");
  if (wanted.length > 0) transceiver.setCodecPreferences(wanted);
}

/** Open camera and microphone and send. What goes wrong is in `whyNot`. */
export async function speak(meeting: number): Promise<void> {
  hush();
  speaking.value = "opening";
  whyNot.value = undefined;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25 } },
      audio: { echoCancellation: true, noiseSuppression: true },
    });
    own.value = stream;
    const line = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    peer = line;
    line.addEventListener("connectionstatechange", () => {
      if (line !== peer) return;
      if (line.connectionState === "connected") speaking.value = "on";
      if (line.connectionState === "failed") speaking.value = "lost";
    });
    for (const track of stream.getTracks()) {
      const transceiver = line.addTransceiver(track, { direction: "sendonly", streams: [stream] });
      if (track.kind === "video") onlyH264(transceiver);
    }
    const offer = await line.createOffer();
    const place = `/api/meetings/${meeting}/relay/whip`;
    const answer = await answered(place, line, offer.sdp);
    session = `${place}/${encodeURIComponent(answer.id)}`;
    await agree(line, offer, answer);
  } catch (error) {
    whyNot.value = asProblem(error);
    hush();
  }
}

/** A room that is quick asks before the relay is ready for it (or while it starts again): asked for some seconds. */
async function answered(place: string, line: RTCPeerConnection, sdp: string | undefined): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post<Answer>(place, { sdp }, { once: true });
    } catch (error) {
      if (asProblem(error).status !== NOT_YET || tries >= TRIES || line !== peer) throw error;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

/** Camera and microphone off, at once. */
export function hush(): void {
  peer?.close();
  peer = undefined;
  for (const track of own.peek()?.getTracks() ?? []) track.stop();
  own.value = undefined;
  if (session !== undefined) void remove(session).catch(() => undefined); // the relay hears that nothing comes
  session = undefined;
  speaking.value = "off";
}

/** Speaking back: what camera.ts opened goes up to the centre over WHIP, while this site has the floor. */

import { asProblem, type Problem, post, remove } from "@common/api/index.ts";
import type { SessionAnswer } from "@common/types.gen.ts";
import { agree } from "@common/whep/agree.ts";
import { signal } from "@preact/signals";
import { closeRoom, LIMITS, openRoom, own } from "./camera.ts";

export type Speaking = "off" | "opening" | "on" | "lost";

export const speaking = signal<Speaking>("off");
export const whyNot = signal<Problem | undefined>(undefined);

const RETRY_MS = 1_000;
/** The floor was given a moment ago: the relay's part for this room is being started. */
const STARTING = ["relay_away", "relay_not_running"];

let peer: RTCPeerConnection | undefined;
let session: string | undefined;
let again: ReturnType<typeof setTimeout> | undefined;

/** The relay passes pictures on as they are, and every receiver takes H.264. */
function onlyH264(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpSender.getCapabilities("video")?.codecs ?? [];
  const wanted = known.filter((one) => ["video/h264", "video/rtx"].includes(one.mimeType.toLowerCase()));
  if (wanted.length > 0) transceiver.setCodecPreferences(wanted);
}

/** Send what camera and microphone give. What goes wrong is in `whyNot`; a line that breaks is tried again. */
export async function speak(meeting: number): Promise<void> {
  hangUp();
  speaking.value = "opening";
  whyNot.value = undefined;
  const stream = own.peek() ?? (await openRoom());
  if (stream === undefined) {
    speaking.value = "off";
    return;
  }
  const line = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
  peer = line;
  line.addEventListener("connectionstatechange", () => {
    if (line !== peer) return;
    if (line.connectionState === "connected") speaking.value = "on";
    if (line.connectionState === "failed" || line.connectionState === "closed") lost(meeting);
  });
  try {
    await offer(line, stream, meeting);
  } catch (error) {
    if (line !== peer) return;
    const problem = asProblem(error);
    if (STARTING.includes(problem.code)) return retry(meeting);
    whyNot.value = problem;
    hangUp();
  }
}

async function offer(line: RTCPeerConnection, stream: MediaStream, meeting: number): Promise<void> {
  for (const track of stream.getTracks()) {
    const encoding = track.kind === "video" ? { maxBitrate: LIMITS.bits, maxFramerate: LIMITS.fps } : {};
    const transceiver = line.addTransceiver(track, {
      direction: "sendonly",
      streams: [stream],
      sendEncodings: [encoding],
    });
    if (track.kind === "video") onlyH264(transceiver);
  }
  const made = await line.createOffer();
  const place = `/api/meetings/${meeting}/relay/whip`;
  const answer = await post<SessionAnswer>(place, { sdp: made.sdp }, { once: true });
  const name = `${place}/${encodeURIComponent(answer.id)}`;
  if (line !== peer) return void remove(name).catch(() => undefined); // given up in the meantime
  session = name;
  await agree(line, made, answer);
}

function lost(meeting: number): void {
  speaking.value = "lost";
  retry(meeting);
}

function retry(meeting: number): void {
  clearTimeout(again);
  again = setTimeout(() => void speak(meeting), RETRY_MS);
}

/** Nothing goes to the centre any more; camera and microphone stay open for the room's own eyes. */
function hangUp(): void {
  speaking.value = "off";
  clearTimeout(again);
  peer?.close();
  peer = undefined;
  if (session !== undefined) void remove(session).catch(() => undefined); // the relay hears that nothing comes
  session = undefined;
}

/** Off, at once: line, camera and microphone. */
export function hush(): void {
  hangUp();
  closeRoom();
}

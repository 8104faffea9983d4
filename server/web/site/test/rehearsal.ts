/** Ten seconds of a rehearsal over WHEP, straight from the relay, as the conference itself will come. */

import { Refusal } from "@common/api/index.ts";
import { agree, iceServersOf } from "@common/whep/agree.ts";
import { type Counted, countedOf, type Rehearsed, rehearsed } from "./rehearsed.ts";

export interface Rehearsing {
  readonly conference: number;
  readonly token: string;
}

const LOOK_MS = 1_000;
const LOOKS = 11;
const SETTLES_MS = 2_000; // the first second decodes what was kept for newcomers, faster than it was taken
const FIRST_PICTURE_MS = 40_000; // the clip may have to be made first
const AGAIN_MS = 1_500;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((done, failed) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      failed(signal.reason);
    });
  });

/** Watch and count; `show` gets the picture. Null when nothing came. Raises `Refusal`, or the signal's reason. */
export async function rehearse(
  url: string,
  what: Rehearsing,
  pictures: boolean,
  show: (stream: MediaStream) => void,
  signal: AbortSignal,
): Promise<Rehearsed | null> {
  const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
  let session: string | undefined;
  try {
    const stream = new MediaStream();
    peer.addEventListener("track", ({ track }) => stream.addTrack(track));
    if (pictures) peer.addTransceiver("video", { direction: "recvonly" });
    peer.addTransceiver("audio", { direction: "recvonly" });
    session = await join(url, what, peer, signal);
    show(stream);
    if (!(await begun(peer, pictures, signal))) return null;
    await pause(SETTLES_MS, signal);
    const looks: Counted[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      looks.push(await counted(peer));
      if (look < LOOKS - 1) await pause(LOOK_MS, signal);
    }
    return rehearsed(looks, pictures);
  } finally {
    peer.close();
    if (session !== undefined) void leave(session, what);
  }
}

async function counted(peer: RTCPeerConnection): Promise<Counted> {
  const report = await peer.getStats();
  return countedOf(report.values() as unknown as Iterable<Readonly<Record<string, unknown>>>, performance.now());
}

async function begun(peer: RTCPeerConnection, pictures: boolean, signal: AbortSignal): Promise<boolean> {
  const end = performance.now() + FIRST_PICTURE_MS;
  while (performance.now() < end) {
    const now = await counted(peer);
    if (pictures ? now.frames > 0 : now.received > 0) return true;
    await pause(200, signal);
  }
  return false;
}

/** Offer until the rehearsal runs: it is started when the turn is given. */
async function join(url: string, what: Rehearsing, peer: RTCPeerConnection, signal: AbortSignal): Promise<string> {
  const place = `${url}/whep/${what.conference}`;
  const offer = await peer.createOffer();
  const end = performance.now() + FIRST_PICTURE_MS;
  for (;;) {
    const answer = await fetch(place, {
      method: "POST",
      headers: { Authorization: `Bearer ${what.token}`, "Content-Type": "application/sdp" },
      body: offer.sdp ?? "",
      signal,
    });
    if (answer.ok) {
      await agree(peer, offer, { sdp: await answer.text(), ice_servers: iceServersOf(answer.headers.get("Link")) });
      return new URL(answer.headers.get("Location") ?? "", place).href;
    }
    const refusal = new Refusal(await answer.json());
    const soon = answer.status === 404 || answer.status === 503;
    if (!soon || performance.now() > end) throw refusal;
    await pause(AGAIN_MS, signal);
  }
}

async function leave(session: string, what: Rehearsing): Promise<void> {
  const headers = { Authorization: `Bearer ${what.token}` };
  await fetch(session, { method: "DELETE", headers, keepalive: true }).catch(() => undefined);
}

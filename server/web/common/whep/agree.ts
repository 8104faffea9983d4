/** The last step of an offer and its answer. */

import type { IceServerView, SessionAnswer } from "../types.gen.ts";

/**
 * Take an answer over. The offer becomes ours only now, because candidates are gathered then, and TURN servers are known
 * only from the answer (RFC 9725 §4.6).
 */
export async function agree(
  peer: RTCPeerConnection,
  offer: RTCSessionDescriptionInit,
  answer: Omit<SessionAnswer, "id">,
): Promise<void> {
  if (answer.ice_servers.length > 0) {
    peer.setConfiguration({ iceServers: [...answer.ice_servers], bundlePolicy: "max-bundle" });
  }
  await peer.setLocalDescription(offer);
  await peer.setRemoteDescription({ type: "answer", sdp: answer.sdp });
}

/** The ICE servers of Link headers, as standard WHEP answers carry them. */
export function iceServersOf(header: string | null): IceServerView[] {
  const found: IceServerView[] = [];
  for (const [, urls = "", rest = ""] of (header ?? "").matchAll(/<(turns?:[^>]+)>((?:;\s*[\w-]+="[^"]*"\s*)*)/g)) {
    const said = new Map([...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]));
    if (said.get("rel") !== "ice-server") continue;
    found.push({ urls, username: said.get("username") ?? "", credential: said.get("credential") ?? "" });
  }
  return found;
}

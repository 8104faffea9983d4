/** The last step of an offer and its answer. */

/** A TURN server of the house, with credentials for some hours. */
export interface IceServer {
  readonly urls: string;
  readonly username: string;
  readonly credential: string;
}

/**
 * Take an answer over. The offer becomes ours only now, because candidates are gathered then, and TURN servers are known
 * only from the answer (RFC 9725 §4.6).
 */
export async function agree(
  peer: RTCPeerConnection,
  offer: RTCSessionDescriptionInit,
  answer: { readonly sdp: string; readonly ice_servers: readonly IceServer[] },
): Promise<void> {
  if (answer.ice_servers.length > 0) {
    peer.setConfiguration({ iceServers: [...answer.ice_servers], bundlePolicy: "max-bundle" });
  }
  await peer.setLocalDescription(offer);
  await peer.setRemoteDescription({ type: "answer", sdp: answer.sdp });
}

/** The ICE servers of Link headers, as standard WHEP answers carry them. */
export function iceServersOf(header: string | null): IceServer[] {
  const found: IceServer[] = [];
  for (const [, urls = "", rest = ""] of (header ?? "").matchAll(/<(turns?:[^>]+)>((?:;\s*[\w-]+="[^"]*"\s*)*)/g)) {
    const said = new Map([...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]));
    if (said.get("rel") !== "ice-server") continue;
    found.push({ urls, username: said.get("username") ?? "", credential: said.get("credential") ?? "" });
  }
  return found;
}

/** Watching the relay of a conference: WHEP over WebRTC. */

export type { RelayScreenView as RelayScreen } from "../types.gen.ts";
export { Viewing } from "./client.ts";
export type { Phase, State } from "./machine.ts";
export { meetingRelay, type Signalling } from "./signalling.ts";
export type { Watched } from "./stats.ts";
export { useViewing } from "./useViewing.ts";

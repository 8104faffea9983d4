/** What the sign-in page asks the server. */

import { get, post } from "@common/api/index.ts";
import type { Asked } from "../who.ts";

/** One name to choose from. */
export interface JoinPerson {
  readonly id: number;
  readonly name: string;
  readonly unit: string;
  readonly seat: string | null;
}

/** The meeting behind a join code. */
export interface JoinMeeting {
  readonly meeting_id: number;
  readonly title: string;
  readonly unit: string;
  readonly participants: readonly JoinPerson[];
}

interface Joined {
  readonly meeting_id: number;
  readonly participant_id: number;
}

/** The meeting and its names. */
export function lookUp(joinCode: string): Promise<JoinMeeting> {
  return get<JoinMeeting>(`/api/join/${encodeURIComponent(joinCode)}`);
}

/** Sign in with the PIN; `participantId` undefined: as the person of the invitation. */
export function enter(asked: Asked, participantId: number | undefined, pin: string): Promise<Joined> {
  const who = participantId === undefined ? { invitation: asked.invitation } : { participant_id: participantId };
  const code = encodeURIComponent(asked.joinCode ?? "invitation");
  return post<Joined>(`/api/join/${code}/sign-in`, { ...who, pin }, { once: true });
}

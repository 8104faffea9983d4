/** What a screen reads of topic `relay` (RelayScreenView): whether there is a picture to show, and what to say if not. */
export interface RelayScreen {
  readonly state: "none" | "planned" | "rehearsal" | "live" | "ended";
  readonly name: string;
  readonly starts_ms: number;
  readonly phone: string;
  /** The picture may be asked for now. */
  readonly watch: boolean;
  /** This kind of screen lets sound out. */
  readonly sound: boolean;
  /** This room has the floor and gets no sound back. */
  readonly muted: boolean;
  readonly floor_name: string;
}

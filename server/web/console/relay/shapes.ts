/** What the relay's page reads of its topics and answers (server/relay/views.py), as far as it shows it. */

export type State = "planned" | "rehearsal" | "live" | "ended";
export type Light = "green" | "amber" | "red" | "off";

export interface Source {
  readonly key: "primary" | "backup";
  readonly kind: string;
  readonly address: string;
  readonly listen: boolean;
}

export interface Incident {
  readonly id: number;
  readonly site_id: number | null;
  readonly text: string;
  readonly text_en: string;
  readonly by: string;
  readonly at_ms: number;
  readonly last_ms: number;
  readonly times: number;
  readonly resolved_ms: number | null;
}

export interface Conference {
  readonly id: number;
  readonly name: string;
  readonly organiser: string;
  readonly starts_ms: number;
  readonly phone: string;
  readonly state: State;
  readonly state_since_ms: number;
  readonly recording: boolean;
  readonly recording_forbidden: string;
  readonly sources: readonly Source[];
  readonly floor: { readonly site_id: number; readonly name: string; readonly since_ms: number } | null;
  readonly requests: number;
  readonly sites: readonly { readonly id: number; readonly name: string }[];
  readonly incidents_open: number;
  readonly incidents: readonly Incident[];
}

/** Topic `relay` of the console. */
export interface RelayConsole {
  readonly conference: Conference | null;
  readonly attached: { readonly conference: string; readonly host: string } | null;
  readonly why_not: string;
}

export interface Probe {
  readonly video: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly b_frames: boolean;
  readonly audio: string;
}

export interface SourceNow {
  readonly key: string;
  readonly state: string;
  readonly probe: Probe | null;
  readonly transcoding: readonly ("video" | "audio")[];
  readonly cost_percent: number;
  readonly why: string;
  readonly kbps: number;
  readonly reconnects: number;
}

export interface BoardSites {
  readonly id: readonly number[];
  readonly light: readonly Light[];
  readonly why: readonly string[];
  readonly rung: readonly string[];
  readonly loss: readonly number[];
  readonly rtt: readonly number[];
  readonly freezes: readonly number[];
  readonly people: readonly number[];
  readonly verdict: readonly string[];
}

/** Topic `relay-board`. */
export interface RelayBoard {
  readonly at_ms: number;
  readonly relay: "off" | "running" | "away";
  readonly sources: readonly SourceNow[];
  readonly program: {
    readonly showing: string;
    readonly since_ms: number;
    readonly switches: number;
    readonly last_interruption_ms: number;
  } | null;
  readonly recording: {
    readonly on: boolean;
    readonly seconds: number;
    readonly megabytes: number;
    readonly free_megabytes: number;
    readonly warning: string;
  } | null;
  readonly people: number;
  readonly sites_watching: number;
  readonly sites: BoardSites;
}

/** A site in the detail over HTTP: whom to call. */
export interface SiteDetail {
  readonly id: number;
  readonly contact: string;
  readonly contact_phone: string;
  readonly technician: string;
  readonly technician_phone: string;
  readonly may_speak: boolean;
}

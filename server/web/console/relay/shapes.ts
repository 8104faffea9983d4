/** What the relay's page gets from the server, by the short names of this folder. */

import type {
  BoardSites,
  ConferenceIn,
  ConferencePatch,
  ConferenceState,
  ConferenceView,
  IncidentView,
  Probe,
  ProbeView,
  RelayBoardView,
  RelayConsoleView,
  RelayDetail,
  RelaySourceView,
  SiteIn,
  SiteView,
  SourceIn,
  SourceReport,
} from "@common/types.gen.ts";

export type State = ConferenceState;
export type Light = BoardSites["light"][number];
export type Rung = SiteView["cap"];
export type Conference = ConferenceView;
export type Source = RelaySourceView;
export type SourceNow = SourceReport;
export type Incident = IncidentView;
export type RelayConsole = RelayConsoleView;
export type RelayBoard = RelayBoardView;
export type SiteDetail = SiteView;
export type Probed = ProbeView;
export type { BoardSites, ConferenceIn, ConferencePatch, Probe, RelayDetail, SiteIn, SourceIn };

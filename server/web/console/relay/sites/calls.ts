/** Calls about one site, its device and its tests, and about all sites' readiness. */

import { get, patch, post, put, remove, resource } from "@common/api/index.ts";
import type { AdmissionIn, ReadinessView, SiteDeviceAdded, SitePatch, SiteView, TestList } from "@common/types.gen.ts";
import type { SiteIn } from "../shapes.ts";

const at = (meeting: number) => `/api/meetings/${meeting}/relay`;
const of = (meeting: number, site: number) => `${at(meeting)}/sites/${site}`;

export const invite = (meeting: number, sites: readonly SiteIn[]) => post(`${at(meeting)}/sites`, { sites });
export const oneSite = (meeting: number, site: number) => get<SiteView>(of(meeting, site));
export const changeSite = (meeting: number, site: number, body: SitePatch) => patch(of(meeting, site), body);
export const removeSite = (meeting: number, site: number) => remove(of(meeting, site));
export const admit = (meeting: number, site: number, body: AdmissionIn) => put(`${of(meeting, site)}/admission`, body);
export const countHeads = (meeting: number, site: number, people: number) =>
  put(`${of(meeting, site)}/headcount`, { people });

/** "srt" again gives the line a new passphrase. */
export const setLine = (meeting: number, site: number, line: SiteView["line"]) =>
  put(`${of(meeting, site)}/line`, { line });

export type DeviceKind = "site" | "edge";
export const giveCode = (meeting: number, site: number, kind: DeviceKind) =>
  post<SiteDeviceAdded>(`${of(meeting, site)}/device`, { kind });
export const removeDevice = (meeting: number, site: number) => remove(`${of(meeting, site)}/device`);

const tests = (meeting: number) => `${at(meeting)}/readiness`;
export const readiness = (meeting: number) => get<ReadinessView>(tests(meeting));
export const testsOf = (meeting: number, site: number) => get<TestList>(`${tests(meeting)}/sites/${site}`);
export const certificatePdf = (meeting: number, test: number) => resource(`${tests(meeting)}/${test}/certificate.pdf`);
export const certificateJson = (meeting: number, test: number) => resource(`${tests(meeting)}/${test}/certificate`);
export const listPdf = (meeting: number) => resource(`${tests(meeting)}/sites.pdf`);

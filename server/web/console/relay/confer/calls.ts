/** Calls of the conference's own screens. */

import { get, keepFile, post, postForFile, remove } from "@common/api/index.ts";
import type {
  IncidentList,
  IncidentQuery,
  RecordingList,
  RecordingTicket,
  SourceChoices,
  SourceEntry,
  TimelineView,
} from "@common/types.gen.ts";

const at = (id: number) => `/api/meetings/${id}/relay`;

export const timeLine = (id: number) => get<TimelineView>(`${at(id)}/timeline`);
export const removeConference = (id: number) => remove(at(id));
export const choices = (id: number) => get<SourceChoices>(`${at(id)}/source-choices`);
export const entry = (id: number, key: string) => post<SourceEntry>(`${at(id)}/sources/${key}/entry`);
export const dropSource = (id: number, key: string) => remove(`${at(id)}/sources/${key}`);
export const recordings = (id: number) => get<RecordingList>(`${at(id)}/recordings`);
export const deleteRecording = (id: number, file: string) => remove(`${at(id)}/recordings/${file}`);
export const settleWith = (id: number, incident: number, text: string) =>
  post(`${at(id)}/incidents/${incident}/resolve`, { text });

/** A page of the incident log. */
export function incidents(id: number, wanted: IncidentQuery): Promise<IncidentList> {
  const query = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return get<IncidentList>(`${at(id)}/incidents`, Object.fromEntries(query));
}

/** Make the report and let the browser keep it. */
export async function report(id: number, form: "pdf" | "xlsx"): Promise<void> {
  keepFile(await postForFile(`${at(id)}/report`, { form }), `bao-cao-tiep-phat-${id}.${form}`);
}

/** Download a recording: a ticket first, then the browser's own download, which may stop and go on. */
export async function download(id: number, file: string): Promise<void> {
  const { url } = await post<RecordingTicket>(`${at(id)}/recordings/${file}/ticket`);
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

/** What the delegate reads: the presenter's page, or a page of his own choice. */

import type { AgendaView, PresentedPage, SharedView } from "@common/types.gen.ts";
import { signal } from "@preact/signals";

/** A page of a document. */
export interface Place {
  readonly version: number;
  readonly page: number;
  /** It is a paper of the conference's host, shared with this room. */
  readonly relayed?: true;
}

/** A page that can be shown. */
export interface Shown extends Place {
  readonly title: string;
  readonly pages: number;
}

/** Whether the screen goes with the presenter. */
export const following = signal(true);
/** The page last read; undefined when the agenda is shown and nothing was read yet. */
export const own = signal<Place | undefined>(undefined);
/** Whether the agenda is in front although there is a page to go back to. */
export const agendaFirst = signal(true);

/** Note what the presenter shows, so that a page stays under the reader's eyes when the presenting stops. */
export function presented(page: PresentedPage | null): void {
  if (page === null || !following.peek()) return;
  own.value = { version: page.version_id, page: page.page };
  agendaFirst.value = false;
}

/** Go with the presenter (again). */
export function follow(page: PresentedPage | null): void {
  following.value = true;
  presented(page);
}

/** Read on one's own. */
export function read(place: Place): void {
  following.value = false;
  own.value = place;
  agendaFirst.value = false;
}

/** Put the page aside and see the agenda. */
export function showAgenda(): void {
  following.value = false;
  agendaFirst.value = true;
}

/** Back to the page that was put aside. */
export function showPage(): void {
  if (own.peek() !== undefined) agendaFirst.value = false;
}

/** Another delegate sits down. */
export function forgetReading(): void {
  following.value = true;
  own.value = undefined;
  agendaFirst.value = true;
}

/** The page to be shown, with what is known of its document; undefined: the agenda. */
export function shownPage(
  agenda: AgendaView | undefined,
  presenter: PresentedPage | null,
  shared: SharedView | undefined,
): Shown | undefined {
  const place = own.value;
  if (agendaFirst.value || place === undefined) return undefined;
  if (place.relayed) {
    const paper = shared?.papers.find((one) => one.version_id === place.version); // gone: no longer shared
    return paper && { ...place, title: paper.title, pages: paper.pages };
  }
  if (presenter?.version_id === place.version) return { ...place, title: presenter.title, pages: presenter.pages };
  const documents = agenda?.items.flatMap((item) => item.documents) ?? [];
  const found = documents.find((document) => document.version_id === place.version);
  return found && { ...place, title: found.title, pages: found.pages };
}

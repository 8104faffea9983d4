/** Addresses within the console: `#/meetings/7/run`. The hash keeps a reload on the same screen. */

import { computed, signal } from "@preact/signals";

/** One place in the console. */
export type Route =
  | { readonly page: "start" }
  | { readonly page: "new-meeting" }
  | { readonly page: "run"; readonly meetingId: number }
  | { readonly page: "relay"; readonly meetingId: number }
  | { readonly page: "paper"; readonly meetingId: number; readonly voteId: number | undefined }
  | { readonly page: "prepare"; readonly meetingId: number; readonly tab: PrepareTab }
  | { readonly page: "admin"; readonly tab: AdminTab }
  | { readonly page: "unknown" };

export const PREPARE_TABS = ["details", "agenda", "participants", "motions", "invitations", "steps"] as const;
export type PrepareTab = (typeof PREPARE_TABS)[number];

export const ADMIN_TABS = ["units", "accounts", "rules", "devices", "sign-ins", "journal"] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];

const hash = signal(typeof location === "undefined" ? "" : location.hash);

if (typeof addEventListener === "function") {
  addEventListener("hashchange", () => {
    hash.value = location.hash;
  });
}

/** Where the console is now. */
export const route = computed(() => parseRoute(hash.value));

/** Read a hash; anything not known is "unknown". */
export function parseRoute(text: string): Route {
  const [head, id, leaf, tab] = text.replace(/^#?\/?/, "").split("/");
  if (head === undefined || head === "") return { page: "start" };
  if (head === "new-meeting") return { page: "new-meeting" };
  if (head === "admin") {
    const found = ADMIN_TABS.find((name) => name === (id ?? "units"));
    return found ? { page: "admin", tab: found } : { page: "unknown" };
  }
  if (head !== "meetings" || !/^\d{1,9}$/.test(id ?? "")) return { page: "unknown" };
  return meetingRoute(Number(id), leaf, tab);
}

function meetingRoute(meetingId: number, leaf = "run", tab = "agenda"): Route {
  if (leaf === "run") return { page: "run", meetingId };
  if (leaf === "relay") return { page: "relay", meetingId };
  if (leaf === "paper") {
    return { page: "paper", meetingId, voteId: /^\d{1,9}$/.test(tab) ? Number(tab) : undefined };
  }
  const found = leaf === "prepare" ? PREPARE_TABS.find((name) => name === tab) : undefined;
  return found ? { page: "prepare", meetingId, tab: found } : { page: "unknown" };
}

/** The address of a place, for links. */
export function href(to: Route): string {
  switch (to.page) {
    case "run":
      return `#/meetings/${to.meetingId}/run`;
    case "relay":
      return `#/meetings/${to.meetingId}/relay`;
    case "paper":
      return `#/meetings/${to.meetingId}/paper${to.voteId === undefined ? "" : `/${to.voteId}`}`;
    case "prepare":
      return `#/meetings/${to.meetingId}/prepare/${to.tab}`;
    case "admin":
      return `#/admin/${to.tab}`;
    case "new-meeting":
      return "#/new-meeting";
    default:
      return "#/";
  }
}

/** Go to a place. */
export function go(to: Route): void {
  location.hash = href(to);
}

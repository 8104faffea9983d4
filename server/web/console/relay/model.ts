/** The board of sites as the screen shows it; pure. */

import type { BoardSites, Conference, Light, SiteDetail, State } from "./shapes.ts";

/** Whether pictures go out. */
export const runs = (conference: Conference) => conference.state === "rehearsal" || conference.state === "live";

/** What the board needs of a site's detail. */
export type Reach = Pick<
  SiteDetail,
  "id" | "name" | "contact" | "contact_phone" | "technician" | "technician_phone" | "may_speak"
>;

/**
 * One site now. `name` is shortened for its lamp, `full` is all of it; `loss` in percent, `rtt` in ms; `phones`: whom
 * to call, the technician first.
 */
export interface Row {
  readonly id: number;
  readonly name: string;
  readonly full: string;
  readonly light: Light;
  readonly why: string;
  readonly rung: string;
  readonly loss: number;
  readonly rtt: number;
  readonly freezes: number;
  readonly people: number;
  readonly verdict: string;
  readonly maySpeak: boolean;
  readonly phones: readonly { readonly who: "technician" | "contact"; readonly name: string; readonly phone: string }[];
}

function phonesOf(detail: Reach | undefined): Row["phones"] {
  if (detail === undefined) return [];
  const both = [
    { who: "technician" as const, name: detail.technician, phone: detail.technician_phone },
    { who: "contact" as const, name: detail.contact, phone: detail.contact_phone },
  ];
  return both.filter((one) => one.phone !== "");
}

/** Every site in the order it was invited; one the board does not know yet is off. */
export function rowsOf(
  names: Conference["sites"],
  board: BoardSites | undefined,
  details: readonly Reach[] = [],
): readonly Row[] {
  const places = new Map(board?.id.map((id, place) => [id, place]));
  const known = new Map(details.map((one) => [one.id, one]));
  return names.map(({ id, name }) => {
    const at = places.get(id) ?? -1;
    const detail = known.get(id);
    return {
      id,
      name,
      full: detail?.name ?? name,
      light: board?.light[at] ?? "off",
      why: board?.why[at] ?? "",
      rung: board?.rung[at] ?? "none",
      loss: (board?.loss[at] ?? 0) / 10,
      rtt: board?.rtt[at] ?? 0,
      freezes: board?.freezes[at] ?? 0,
      people: board?.people[at] ?? 0,
      verdict: board?.verdict[at] ?? "",
      maySpeak: detail?.may_speak ?? true,
      phones: phonesOf(detail),
    };
  });
}

const URGENCY: Readonly<Record<Light, number>> = { red: 0, amber: 1, green: 2, off: 2 };

/** The sites that need somebody: red first, then amber, each in the order of the board. */
export function troubled(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row) => URGENCY[row.light] < 2).sort((a, b) => URGENCY[a.light] - URGENCY[b.light]);
}

/** How many of each light. */
export function counts(rows: readonly Row[]): Readonly<Record<Light, number>> {
  const found = { red: 0, amber: 0, green: 0, off: 0 };
  for (const row of rows) found[row.light] += 1;
  return found;
}

/** The one next step of a conference; `source` and `sites` lead to where something is missing. */
export function nextStep(conference: Conference): State | "source" | "sites" | "again" {
  switch (conference.state) {
    case "planned":
      if (conference.sources.length === 0) return "source";
      return conference.sites.length === 0 ? "sites" : "rehearsal";
    case "rehearsal":
      return "live";
    case "live":
      return "ended";
    default:
      return "again";
  }
}

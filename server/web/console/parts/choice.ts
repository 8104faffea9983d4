/** Ticks among many. */

/** The same choice with one ticked, or no longer: for a state's update, since two ticks may come before a drawing. */
export function toggled(before: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(before);
  if (!next.delete(id)) next.add(id);
  return next;
}

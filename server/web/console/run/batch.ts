/** Figures of a batch of votes. */

/** Whether a typed text is a whole number within the limits. */
export function inRange(typed: string, limits: { readonly least: number; readonly most: number }): boolean {
  const value = Number(typed);
  return typed.trim() !== "" && Number.isInteger(value) && value >= limits.least && value <= limits.most;
}

/** How long a batch takes at most, in whole minutes, rounded up. There is no pause after the last vote. */
export function batchMinutes(votes: number, seconds: number, pause: number): number {
  return votes === 0 ? 0 : Math.ceil((votes * seconds + (votes - 1) * pause) / 60);
}

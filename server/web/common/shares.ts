/** Shares that add up, counted in whole numbers: the same method as `shares` of server/voting/rules/arithmetic.py. */

/** Different counts in one sum; a result has five at most. */
const MOST_GROUPS = 8;

/**
 * Each count's share of `whole` in `units` (1000: tenths of a per cent), rounded so that they add up.
 *
 * Every share is its exact value rounded down or up; the shares of all that `whole` is made of are `units` together; a
 * larger count never has a smaller share; equal counts have equal shares wherever the sum allows it. The rest of `whole`
 * takes part unseen. Of nothing, all shares are 0.
 */
export function sharesOf(counts: readonly number[], whole: number, units = 1000): readonly number[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const parts = [...counts, Math.max(0, whole - sum(counts))];
  const total = sum(parts);
  if (total === 0) return counts.map(() => 0);
  const lost = parts.map((part) => (part * units) % total);
  const up = new Set(roundedUp(parts, lost, sum(lost) / total, total <= units));
  return counts.map((part, place) => (part * units - (lost[place] ?? 0)) / total + (up.has(place) ? 1 : 0));
}

/** Whole groups of equal counts with the largest remainders, if that comes out even; else the largest one by one. */
function roundedUp(
  parts: readonly number[],
  lost: readonly number[],
  wanted: number,
  together: boolean,
): readonly number[] {
  const places = parts.map((_, place) => place).filter((place) => lost[place] !== 0);
  const counts = [...new Set(places.map((place) => parts[place]))];
  const groups = counts.map((count) => places.filter((place) => parts[place] === count));
  const loss = (some: readonly number[]) => some.reduce((all, place) => all + (lost[place] ?? 0), 0);
  // Where one vote is less than one unit, passing over a group might let a smaller count overtake a larger one.
  const tried = together && groups.length <= MOST_GROUPS ? subsets(groups) : [];
  const even = tried.filter((some) => some.length === wanted).sort((a, b) => loss(b) - loss(a));
  if (even[0]) return even[0];
  return places.sort((a, b) => (lost[b] ?? 0) - (lost[a] ?? 0) || b - a).slice(0, wanted);
}

function subsets(groups: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const found: number[][] = [[]];
  for (const group of groups) found.push(...found.map((some) => [...some, ...group]));
  return found;
}

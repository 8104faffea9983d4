/** Moving in a grid of buttons by the arrow keys, whatever the width of the screen makes of its rows. */

export interface Spot {
  readonly left: number;
  readonly top: number;
}

/** The place of the neighbour of `at` in the direction of an arrow key; `at` itself at an edge. Pure. */
export function neighbour(spots: readonly Spot[], at: number, key: string): number {
  const here = spots[at];
  if (here === undefined) return at;
  if (key === "Home") return 0;
  if (key === "End") return spots.length - 1;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const next = at + (key === "ArrowRight" ? 1 : -1);
    return spots[next] === undefined ? at : next;
  }
  const down = key === "ArrowDown";
  if (!down && key !== "ArrowUp") return at;
  const beyond = spots
    .map((spot, place) => ({ ...spot, place }))
    .filter((one) => (down ? one.top > here.top : one.top < here.top));
  const row = down ? Math.min(...beyond.map((one) => one.top)) : Math.max(...beyond.map((one) => one.top));
  const same = beyond.filter((one) => one.top === row);
  const nearest = same.sort((a, b) => Math.abs(a.left - here.left) - Math.abs(b.left - here.left))[0];
  return nearest?.place ?? at;
}

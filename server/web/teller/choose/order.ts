/** In which order votes on paper stand before a teller. */

/** States in which tellers have something to do. */
export const WAITING: readonly string[] = ["issued", "counting", "compared"];
/** States in which the count is over. */
export const ENDED: readonly string[] = ["closed", "published"];

/** What waits for the tellers comes first, what is counted after it, what cannot be opened last. */
export function inOrder<V extends { readonly state: string }>(votes: readonly V[]): readonly V[] {
  const place = ({ state }: V) => (WAITING.includes(state) ? 0 : ENDED.includes(state) ? 1 : 2);
  return [...votes].sort((a, b) => place(a) - place(b));
}

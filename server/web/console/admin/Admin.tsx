import type { AdminTab } from "../router.ts";
export function Admin({ tab }: { readonly tab: AdminTab }) {
  return <p>{tab}</p>;
}

import type { PrepareTab } from "../router.ts";
export function Prepare({ tab }: { readonly meetingId: number; readonly tab: PrepareTab }) {
  return <p>{tab}</p>;
}

/** Paper or night: the person's choice on this device. The wall is always dark. */

import { effect, signal } from "@preact/signals";
import { remember, remembered } from "./storage.ts";

export type Theme = "light" | "dark";

const KEY = "nghisu-theme";

/** The current theme. Write to it to switch. */
export const theme = signal<Theme>("light");

/** Set the page's theme: `fixed` when the surface has only one. */
export function startTheme(fixed?: Theme): void {
  theme.value = fixed ?? (remembered(KEY) === "dark" ? "dark" : "light");
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    if (fixed === undefined) remember(KEY, theme.value);
  });
}

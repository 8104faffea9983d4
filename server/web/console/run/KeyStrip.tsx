/** The bottom: keys of the focused part first, then those that work everywhere. */

import { useServerTime } from "@common/components/Clock.tsx";
import { keyLabel } from "@common/components/KeyMap.tsx";
import { keyGroups, keyMapShown } from "@common/keys.ts";
import { t } from "../i18n/index.ts";
import { part } from "./focus.ts";

const PAIRS: Readonly<Record<string, string>> = {
  ArrowDown: "↑ ↓",
  ArrowRight: "← →",
  Delete: "Del",
  "Alt+ArrowUp": "Alt ↑ ↓",
};

/** A key as printed, with the arrow that goes the other way beside it. */
const shown = (name: string) => PAIRS[name] ?? keyLabel(name);

/** See the top of this file. */
export function KeyStrip() {
  useServerTime(); // what a key does changes with the meeting, not with the layers: look again every second
  const focused = t(`part.${part.value}`);
  const rows = keyGroups().flatMap((group) =>
    Object.entries(group.keys)
      // The numbers of the parts stand in their headings already.
      .filter(([name, action]) => action.hidden !== true && !(group.title === t("part.all") && /^\d$/.test(name)))
      .map(([name, action]) => ({ name, action, own: group.title === focused })),
  );
  const own = rows.filter((row) => row.own);
  const others = rows.filter((row) => !row.own && row.action.reason === undefined);
  return (
    <footer class="key-strip">
      <strong>{focused}</strong>
      {own.map(({ name, action }) => (
        <span key={name} class={action.reason === undefined ? "key" : "key key-off"} title={action.reason}>
          <kbd>{shown(name)}</kbd> {action.label}
        </span>
      ))}
      <span class="key-gap" />
      {others.map(({ name, action }) => (
        <span key={name} class="key">
          <kbd>{shown(name)}</kbd> {action.label}
        </span>
      ))}
      <button
        type="button"
        class="key"
        onClick={() => {
          keyMapShown.value = true;
        }}
      >
        <kbd>{"?"}</kbd> {t("keys.show")}
      </button>
    </footer>
  );
}

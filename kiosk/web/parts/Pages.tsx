/** A long list by pages: nothing scrolls under a finger; two large buttons turn. As many rows as the place has room for. */

import { Icon } from "@common/components/Icon.tsx";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import "./pages.css";

export interface PagesProps<T> {
  readonly rows: readonly T[];
  readonly row: (row: T, index: number) => ComponentChildren;
  /** Height of a row with the gap below it, in rem. */
  readonly rem: number;
  readonly columns?: number;
  readonly label: string;
  /** What stands between the two buttons, beside the number of the page. */
  readonly note?: ComponentChildren;
  /** The next step, at the end of the same line. */
  readonly action?: ComponentChildren;
  /** Turn to the page of this row. */
  readonly show?: number | undefined;
  readonly onShown?: () => void;
}

const UPRIGHT = globalThis.matchMedia?.("(orientation: portrait)");

/** Whether the screen lies: then two columns have room. */
export function useWide(): boolean {
  const [wide, setWide] = useState(UPRIGHT?.matches !== true);
  useEffect(() => {
    const look = () => setWide(UPRIGHT?.matches !== true);
    UPRIGHT?.addEventListener("change", look);
    return () => UPRIGHT?.removeEventListener("change", look);
  }, []);
  return wide;
}

/** How many rows fit in a height; at least one. */
export function fitting(height: number, rowHeight: number): number {
  return Math.max(1, Math.floor(height / rowHeight));
}

/** See PagesProps. */
export function Pages<T>({ rows, row, rem, columns = 1, label, note, action, show, onShown }: PagesProps<T>) {
  const place = useRef<HTMLOListElement>(null);
  const [down, setDown] = useState(1);
  const [first, setFirst] = useState(0);
  useLayoutEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const measure = () => {
      const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setDown(fitting(list.clientHeight, rem * root));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(list);
    measure();
    return () => watch.disconnect();
  }, [rem]);
  const each = down * columns;
  const pages = Math.max(1, Math.ceil(rows.length / each));
  const at = Math.min(pages - 1, Math.floor(first / each)); // what was seen first stays in sight when the screen turns
  useEffect(() => {
    if (show === undefined) return;
    setFirst(show - (show % each));
    onShown?.();
  }, [show, each]);
  const turn = (by: number) => () => setFirst(Math.max(0, at + by) * each);
  return (
    <div class="pages">
      <ol
        ref={place}
        class="pages-list"
        aria-label={label}
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridAutoRows: `${rem}rem` }}
      >
        {rows.slice(at * each, (at + 1) * each).map((one, index) => row(one, at * each + index))}
      </ol>
      {(pages > 1 || action) && (
        <div class={action ? "pages-turn pages-brief" : "pages-turn"}>
          {pages > 1 && <Turn icon="left" text={t("pages.before")} off={at === 0} onPress={turn(-1)} />}
          <p class="pages-note" role="status">
            {note}
            {pages > 1 && <span>{t("pages.of", { page: at + 1, pages })}</span>}
          </p>
          {pages > 1 && <Turn icon="right" text={t("pages.after")} off={at === pages - 1} onPress={turn(1)} />}
          {action}
        </div>
      )}
    </div>
  );
}

interface TurnProps {
  readonly icon: "left" | "right";
  readonly text: string;
  readonly off: boolean;
  readonly onPress: () => void;
}

function Turn({ icon, text, off, onPress }: TurnProps) {
  return (
    <button type="button" class="pages-button" aria-disabled={off} onClick={() => off || onPress()}>
      {icon === "left" && <Icon name="left" />}
      <span>{text}</span>
      {icon === "right" && <Icon name="right" />}
    </button>
  );
}

/** Keys of a screen: `useKeys({ v: { label, run } })` while a component is mounted; `?` shows what is there. */

import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** What one key does. */
export interface KeyAction {
  /** In words, for the key map. */
  readonly label: string;
  readonly run: () => void;
  /** Why it does nothing now; shown in the key map. */
  readonly reason?: string | undefined;
  /** Not shown in the key map (a second name of another key). */
  readonly hidden?: boolean;
  /** Also while a field has the focus (Escape and the like). */
  readonly inFields?: boolean;
}

/** Key → action. "v", "Enter", "ArrowDown", "Shift+V", "Ctrl+s", "?", " ". Letters without Shift are lower case. */
export type Keys = Readonly<Record<string, KeyAction>>;

interface Layer {
  /** When its component was first rendered: parents come before what is inside them. */
  readonly order: number;
  keys: Keys;
  readonly title: string | undefined;
  readonly alone: boolean;
}

const layers: Layer[] = [];
let rendered = 0;

/** Counts changes of the layers, so that the key map renders again. */
const changes = signal(0);

/** Whether the key map is on the screen. */
export const keyMapShown = signal(false);

/** The name of a key press, as used in `Keys`. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "shiftKey">): string {
  const single = event.key.length === 1;
  const letter = single && event.key.toLowerCase() !== event.key.toUpperCase();
  const name = letter ? event.key.toLowerCase() : event.key;
  const modifiers = [
    event.ctrlKey || event.metaKey ? "Ctrl+" : "",
    event.altKey ? "Alt+" : "",
    event.shiftKey && (letter || !single) ? "Shift+" : "",
  ];
  const shown = event.shiftKey && letter ? name.toUpperCase() : name;
  return modifiers.join("") + shown;
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true;
  }
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

/** Enter and Space belong to the focused button or link. */
function belongsToFocus(event: KeyboardEvent): boolean {
  const pressing = event.key === "Enter" || event.key === " ";
  return pressing && event.target instanceof Element && event.target.closest("button, a[href], summary") !== null;
}

/** Keys that may be held down: moving, zooming, deleting letters. */
const REPEATS = /Arrow|Page|Backspace|^[+-]$/;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || belongsToFocus(event)) return;
  const name = keyName(event);
  if (keyMapShown.peek() && name !== "?") return; // reading about a key must not press it
  const action = visibleLayers()
    .map((layer) => layer.keys[name])
    .find((found) => found !== undefined);
  if (action === undefined || (isField(event.target) && action.inFields !== true)) return;
  event.preventDefault();
  if (event.repeat && !REPEATS.test(name)) return; // a key held too long must not do a public act twice
  if (action.reason === undefined) action.run();
}

/** From the innermost outwards, ending at a layer that stands alone (a dialog). */
function visibleLayers(): readonly Layer[] {
  const inner = [...layers].reverse();
  const wall = inner.findIndex((layer) => layer.alone);
  return wall === -1 ? inner : inner.slice(0, wall + 1);
}

/** Groups of keys that work now, innermost first, for the key map. */
export function keyGroups(): readonly { readonly title: string | undefined; readonly keys: Keys }[] {
  void changes.value;
  return visibleLayers();
}

export interface KeysOptions {
  /** Heading of these keys in the key map. */
  readonly title?: string;
  /** Only these keys work while this component is mounted. */
  readonly alone?: boolean;
  /** False switches these keys off. */
  readonly active?: boolean;
}

/** Give keys to the screen as long as the component is mounted. The innermost, then the newest, component wins. */
export function useKeys(keys: Keys, { title, alone = false, active = true }: KeysOptions = {}): void {
  const order = useRef(0);
  if (order.current === 0) {
    rendered += 1;
    order.current = rendered;
  }
  const latest = useRef(keys);
  const held = useRef<Layer | undefined>(undefined);
  latest.current = keys;
  if (held.current !== undefined) held.current.keys = keys;
  const words = Object.entries(keys).map(([name, { label, reason }]) => `${name} ${label} ${reason ?? ""}`);
  useEffect(() => {
    changes.value += 1; // the key map and the key bar say what is true now
  }, [words.join("\n")]);
  // Before the paint: what is on the screen can be pressed. Effects after it wait for a frame, which a window in the
  // background may get a second later.
  useLayoutEffect(() => {
    if (!active) return undefined;
    const layer: Layer = { order: order.current, keys: latest.current, title, alone };
    held.current = layer;
    if (layers.length === 0) addEventListener("keydown", onKeyDown);
    layers.push(layer);
    layers.sort((a, b) => a.order - b.order); // effects run from the inside out, so the order of arrival says nothing
    changes.value += 1;
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      held.current = undefined;
      if (layers.length === 0) removeEventListener("keydown", onKeyDown);
      changes.value += 1;
    };
  }, [title, alone, active]);
}

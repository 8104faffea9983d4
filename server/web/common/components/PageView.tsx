/** A document, page by page: pinch, buttons, swipe, double touch and keys. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useKeys } from "../keys.ts";
import {
  FIT,
  fitted,
  fitWidth,
  keepInside,
  type Point,
  pinch,
  type Size,
  STEP,
  swipe,
  type View,
  zoomAt,
} from "../zoom.ts";
import { Button } from "./Button.tsx";
import { usePage } from "./PageImage.tsx";
import "./PageView.css";

export interface PageViewProps {
  /** Id of the meeting. */
  readonly meeting: number;
  /** Id of the document's version. */
  readonly version: number;
  /** It is a paper of the conference's host, shared with this room. */
  readonly relayed?: boolean | undefined;
  readonly title: string;
  /** How many pages there are; 0 while they are not drawn yet. */
  readonly pages: number;
  /** The page shown, from 1. */
  readonly page: number;
  /** Somebody turned the page. Without it (the wall) there are no controls. */
  readonly onPage?: (page: number) => void;
  /** False leaves the keys to others. */
  readonly keys?: boolean;
  /** How a page first stands: all of it, or as wide as the box, from the top (for reading on a small screen). */
  readonly fit?: "page" | "width";
  /** More tools in the bar below. */
  readonly tools?: ComponentChildren;
}

/** See PageViewProps. Fills its parent. */
export function PageView(props: PageViewProps) {
  const { meeting, version, relayed, title, pages, page, onPage, keys = true, fit = "page", tools } = props;
  const { shown, step } = usePage({ meeting, version, relayed }, page, onPage ? pages : 0);
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const [view, setView] = useState<View>(FIT);
  const change = (next: (now: View) => View) =>
    setView((now) => keepInside(next(now), shown ? fitted(shown, size) : size, size));
  const first = fit === "width" && shown ? fitWidth(shown, size) : FIT;
  const turn = (by: number) => {
    const next = page + by;
    if (onPage && next >= 1 && next <= pages) onPage(next);
  };
  const zoom = (factor: number) => change((now) => zoomAt(now, factor, { x: 0, y: 0 }));
  const refit = () => change((now) => (now.scale === first.scale ? FIT : first));
  useLayoutEffect(() => setView(first), [version, page, shown?.address, size.width, size.height, fit]);
  const wider = shown !== undefined && fitted(shown, size).width * view.scale > size.width + 1;
  useGestures(box, { active: onPage !== undefined, zoomed: view.scale > 1, wider, first, change, turn });
  usePageKeys(keys && onPage !== undefined, {
    turn,
    zoom,
    refit,
    scroll: (by) => change((now) => scrolled(now, by * size.height)),
  });

  if (pages === 0) return <p class="page-none">{t("page.none")}</p>;
  return (
    <div class="page-view">
      <div ref={box} class={view.scale > 1 ? "page-box page-zoomed" : "page-box"}>
        {shown && (
          <img
            src={shown.address}
            alt={t("page.alt", { page, title })}
            draggable={false}
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
          />
        )}
        {step !== "shown" && (
          <p class="page-word" role="status">
            {step === "loading" ? t("page.loading", { page }) : t("page.failed", { page })}
          </p>
        )}
      </div>
      {onPage && (
        <div class="page-bar">
          <Button icon="left" label={t("page.previous")} onPress={() => turn(-1)} />
          <span class="page-number tabular">{t("page.of", { page, pages })}</span>
          <Button icon="right" label={t("page.next")} onPress={() => turn(1)} />
          <span class="page-space" />
          <Button kind="quiet" icon="zoomOut" label={t("page.zoomOut")} onPress={() => zoom(1 / STEP)} />
          <Button kind="quiet" icon="zoomIn" label={t("page.zoomIn")} onPress={() => zoom(STEP)} />
          <Button kind="quiet" icon="fit" label={t("page.fit")} onPress={refit} />
          {tools}
        </div>
      )}
    </div>
  );
}

/** The size of an element in CSS pixels, followed as it changes. */
function useSize(place: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return size;
}

const scrolled = (view: View, by: number): View => ({ ...view, y: view.y - by });

interface Moves {
  readonly turn: (by: number) => void;
  readonly zoom: (factor: number) => void;
  readonly refit: () => void;
  /** Move over a page that is larger than the box, in heights of the box. */
  readonly scroll: (by: number) => void;
}

const SCROLL = 0.6;

function usePageKeys(active: boolean, { turn, zoom, refit, scroll }: Moves): void {
  const next = { label: t("page.next"), run: () => turn(1) };
  const previous = { label: t("page.previous"), run: () => turn(-1) };
  useKeys(
    {
      ArrowRight: next,
      ArrowLeft: previous,
      PageDown: { ...next, hidden: true }, // what a presenter's remote control sends
      PageUp: { ...previous, hidden: true },
      "+": { label: t("page.zoomIn"), run: () => zoom(STEP) },
      "-": { label: t("page.zoomOut"), run: () => zoom(1 / STEP) },
      "0": { label: t("page.fit"), run: refit },
      ArrowDown: { label: t("page.down"), run: () => scroll(SCROLL) },
      ArrowUp: { label: t("page.up"), run: () => scroll(-SCROLL) },
    },
    { active },
  );
}

interface Gestures {
  readonly active: boolean;
  readonly zoomed: boolean;
  /** The page is wider than the box: a finger moves it and turns no page. */
  readonly wider: boolean;
  /** How the page first stood; a double touch goes back to it. */
  readonly first: View;
  readonly change: (next: (now: View) => View) => void;
  readonly turn: (by: number) => void;
}

const DOUBLE_TOUCH_MS = 300;
const TOUCH_PX = 12;

/** Fingers (or the mouse) on the page. */
function useGestures(box: { readonly current: HTMLElement | null }, gestures: Gestures): void {
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    const element = box.current;
    if (element === null || !gestures.active) return undefined;
    const fingers = new Map<number, Point>();
    let start: Point | undefined;
    let lastTouch = 0;

    const point = (event: MouseEvent): Point => {
      const edge = element.getBoundingClientRect();
      return { x: event.clientX - edge.left - edge.width / 2, y: event.clientY - edge.top - edge.height / 2 };
    };
    const down = (event: PointerEvent) => {
      element.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, point(event));
      start = fingers.size === 1 ? point(event) : undefined; // two fingers never turn a page
    };
    const move = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (before === undefined) return;
      const now = point(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, now);
      if (other !== undefined) latest.current.change((view) => pinch(view, [before, other], [now, other]));
      else if (latest.current.zoomed) {
        latest.current.change((view) => ({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y }));
      }
    };
    const touched = (at: Point, time: number) => {
      if (time - lastTouch < DOUBLE_TOUCH_MS) {
        const { first } = latest.current;
        latest.current.change((view) => (view.scale > first.scale ? first : zoomAt(view, 2, at)));
        lastTouch = 0;
      } else lastTouch = time;
    };
    const up = (event: PointerEvent) => {
      if (!fingers.delete(event.pointerId) || start === undefined) return;
      const now = point(event);
      const moved = { x: now.x - start.x, y: now.y - start.y };
      start = undefined;
      if (Math.hypot(moved.x, moved.y) < TOUCH_PX) touched(now, event.timeStamp);
      else if (!latest.current.wider) {
        const by = swipe(moved);
        if (by !== 0) latest.current.turn(by);
      }
    };
    const cancelled = (event: PointerEvent) => {
      fingers.delete(event.pointerId);
      start = undefined;
    };
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return; // a plain wheel scrolls the page around us
      event.preventDefault();
      latest.current.change((view) => zoomAt(view, Math.exp(-event.deltaY / 300), point(event)));
    };
    element.addEventListener("pointerdown", down);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", cancelled);
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      element.removeEventListener("pointerdown", down);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", up);
      element.removeEventListener("pointercancel", cancelled);
      element.removeEventListener("wheel", wheel);
    };
  }, [box, gestures.active]);
}

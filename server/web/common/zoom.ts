/** Zooming and moving a page in its box. Pure: points are CSS pixels from the middle of the box. */

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The whole page, as large as the box allows. */
export const FIT: View = { scale: 1, x: 0, y: 0 };
export const LARGEST = 6;
/** One press of the zoom button. */
export const STEP = 1.5;

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** Keep the page over the box: no edge comes further in than it must. `page` is its size at scale 1. */
export function keepInside(view: View, page: Size, box: Size): View {
  const scale = within(view.scale, 1, LARGEST);
  const slackX = Math.max(0, (page.width * scale - box.width) / 2);
  const slackY = Math.max(0, (page.height * scale - box.height) / 2);
  return { scale, x: within(view.x, -slackX, slackX), y: within(view.y, -slackY, slackY) };
}

/** Zoom by `factor` so that what is under `point` stays there. */
export function zoomAt(view: View, factor: number, point: Point): View {
  const scale = within(view.scale * factor, 1, LARGEST);
  const change = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * change, y: point.y - (point.y - view.y) * change };
}

/** Two fingers moved from `before` to `after`: zoom by how they spread, and go with them. */
export function pinch(view: View, before: readonly [Point, Point], after: readonly [Point, Point]): View {
  const spread = ([a, b]: readonly [Point, Point]) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const from = middle(before);
  const to = middle(after);
  const zoomed = zoomAt(view, spread(after) / spread(before), from);
  return { ...zoomed, x: zoomed.x + to.x - from.x, y: zoomed.y + to.y - from.y };
}

/** How large a picture stands in a box when all of it is seen. */
export function fitted(picture: Size, box: Size): Size {
  if (picture.width === 0 || picture.height === 0) return box;
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** A page as wide as its box, seen from its top; all of it when it is wide enough already. */
export function fitWidth(picture: Size, box: Size): View {
  const page = fitted(picture, box);
  if (page.width === 0) return FIT;
  const scale = within(box.width / page.width, 1, LARGEST);
  return { scale, x: 0, y: Math.max(0, (page.height * scale - box.height) / 2) };
}

const SWIPE_PX = 56;

/** A finger went this way and lifted: 1 next page, -1 previous page, 0 neither. */
export function swipe(moved: Point): -1 | 0 | 1 {
  if (Math.abs(moved.x) < SWIPE_PX || Math.abs(moved.x) < 1.5 * Math.abs(moved.y)) return 0;
  return moved.x < 0 ? 1 : -1;
}

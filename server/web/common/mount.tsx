/** How a surface starts: look, language, session, pending writes, and a net under everything. */

import { type ComponentType, render } from "preact";
import "./styles/base.css";
import { resumeSends, setSurface } from "./api/index.ts";
import { crashed, ErrorBoundary } from "./components/ErrorBoundary.tsx";
import { KeyMap } from "./components/KeyMap.tsx";
import { Toasts } from "./components/Toast.tsx";
import { startTheme, type Theme } from "./theme.ts";

export interface SurfaceOptions {
  /** Type scale and colours (`data-surface`), and the session cookie unless `session` says another. */
  readonly surface: "console" | "seat" | "wall" | "door" | "teller" | "site" | "sign-in";
  /** Whose session the requests carry, when it is not the surface's own name (sign-in for another surface). */
  readonly session?: "console" | "seat" | "wall" | "door" | "teller" | "site";
  /** The only theme this surface has. */
  readonly theme?: Theme;
}

/** Dress the page for its surface. Call before `startLive`, so that the first request carries the right session. */
export function prepare({ surface, session, theme }: SurfaceOptions): void {
  document.documentElement.dataset.surface = surface;
  setSurface(session ?? surface);
  startTheme(theme);
}

/** Render the surface into `#app` and go on with writes that a reload interrupted. */
export function mount(App: ComponentType): void {
  const place = document.getElementById("app");
  if (place === null) throw new Error("the page has no #app");
  addEventListener("unhandledrejection", (event) => crashed(event.reason, "background"));
  resumeSends();
  place.replaceChildren();
  render(
    <ErrorBoundary>
      <App />
      <Toasts />
      <KeyMap />
    </ErrorBoundary>,
    place,
  );
}

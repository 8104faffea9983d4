/** Our own pictograms, drawn on a 24-px grid with a 2-px line in the colour of the text. */

const PATHS = {
  check: "M4 13l5 5L20 6",
  cross: "M6 6l12 12M18 6L6 18",
  dash: "M5 12h14",
  plus: "M12 5v14M5 12h14",
  again: "M20 5v5h-5M20 10a8 8 0 1 0 1 5",
  undo: "M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 12h-3",
  hand: "M7 13V6a1.5 1.5 0 0 1 3 0v5V4a1.5 1.5 0 0 1 3 0v7V5a1.5 1.5 0 0 1 3 0v7V8a1.5 1.5 0 0 1 3 0v7a7 7 0 0 1-7 7c-3 0-5-2-6-4l-3-5a1.5 1.5 0 0 1 2.5-1.5z",
  door: "M6 21V3h12v18M3 21h18M14.5 12h.01",
  seat: "M7 12V4h10v8M5 12h14v4H5zM7 16v5M17 16v5",
  document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3",
  plug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
  unplug: "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4M3 3l18 18",
  ballot: "M4 11h16v10H4zM8 11V3h8v8M10 7h4M9 15h6",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0",
  people:
    "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20a7 7 0 0 1 14 0M16 5.2a3.5 3.5 0 0 1 0 6.6M18 14a7 7 0 0 1 4 6",
  screen: "M3 4h18v12H3zM12 16v4M8 20h8",
  bell: "M6 16V10a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  zoomIn: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21M10.5 7.5v6M7.5 10.5h6",
  zoomOut: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21M7.5 10.5h6",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  stop: "M6 6h12v12H6z",
  follow: "M4 12h13M12 6l6 6-6 6M21 4v16",
  warning: "M12 4L2.5 20h19zM12 10v5M12 17.5v.01",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.01",
  lock: "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3",
  camera: "M3 7h4l2-3h6l2 3h4v13H3zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  upload: "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4",
  pen: "M4 20l1-5L16 4l4 4L9 19z",
  trash: "M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7",
  backspace: "M8 5h13v14H8l-6-7zM12 9l5 6M17 9l-5 6",
  shift: "M12 4l8 9h-5v7H9v-7H4z",
  keyboard: "M2 6h20v12H2zM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10",
  menu: "M4 6h16M4 12h16M4 18h16",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  moon: "M20 14A8 8 0 1 1 10 4a6.5 6.5 0 0 0 10 10z",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  exit: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
} as const;

export type IconName = keyof typeof PATHS;

export interface IconProps {
  readonly name: IconName;
  /** Edge as a CSS length; 1.25em unless said otherwise. */
  readonly size?: string;
  /** Spoken name. Without it the icon is decoration beside a word. */
  readonly label?: string;
}

/** One pictogram. */
export function Icon({ name, size = "1.25em", label }: IconProps) {
  const spoken =
    label === undefined ? { "aria-hidden": "true" as const } : { role: "img" as const, "aria-label": label };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a spoken name or is hidden from readers, see `spoken`
    <svg
      class="icon"
      viewBox="0 0 24 24"
      style={{ inlineSize: size, blockSize: size, flex: "none" }}
      fill="none"
      stroke="currentColor"
      stroke-width="2.25"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...spoken}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

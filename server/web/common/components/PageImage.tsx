/** The picture of one page of a document. The old page stays until the new one is there; failures are retried. */

import { useEffect, useRef, useState } from "preact/hooks";
import { currentSurface, resource } from "../api/index.ts";

/** Which document: the meeting it is read in, and the version of it. */
export interface PagesOf {
  readonly meeting: number;
  readonly version: number;
  /** It is a paper of the conference's host, shared with this room. */
  readonly relayed?: boolean | undefined;
}

/** Where the picture of a page is. Pages count from 1. The wall gets larger pictures than a seat. */
export function pageAddress({ meeting, version, relayed }: PagesOf, page: number): string {
  const size = currentSurface() === "wall" ? "wall" : "seat";
  const of = relayed ? `${meeting}/relay` : meeting;
  return resource(`/api/meetings/${of}/pages/${version}/${page}.webp`, { size });
}

/** What is on the screen, and how the wanted page is coming on. */
export interface PageState {
  /** The picture that is complete and may be shown; undefined before the first. */
  readonly shown: { readonly address: string; readonly width: number; readonly height: number } | undefined;
  readonly step: "loading" | "shown" | "failed";
}

const RETRY_MS = [500, 1_000, 2_000, 4_000];
const SAY_LOADING_AFTER_MS = 400;

/**
 * Load a page and its neighbours (none when `pages` is 0: a wall may load only what is presented). `step` says "loading"
 * only when it takes long enough to be noticed; after a failure it says "failed" and goes on trying.
 */
export function usePage({ meeting, version, relayed }: PagesOf, page: number, pages: number): PageState {
  const [state, setState] = useState<PageState>({ shown: undefined, step: "shown" });
  const document = useRef(version);
  useEffect(() => {
    const of = { meeting, version, relayed };
    const wanted = pageAddress(of, page);
    let over = false;
    let tries = 0;
    let again: ReturnType<typeof setTimeout> | undefined;
    if (document.current !== version) {
      document.current = version;
      setState({ shown: undefined, step: "shown" }); // another document's page must not stand under this title
    }
    const slow = setTimeout(
      () => setState((now) => (now.step === "failed" ? now : { ...now, step: "loading" })),
      SAY_LOADING_AFTER_MS,
    );
    const attempt = () => {
      load(wanted).then(
        (size) => {
          clearTimeout(slow);
          if (over) return;
          setState({ shown: { address: wanted, ...size }, step: "shown" });
          for (const near of [page + 1, page - 1]) {
            if (near >= 1 && near <= pages) void load(pageAddress(of, near)).catch(() => undefined);
          }
        },
        () => {
          if (over) return;
          clearTimeout(slow);
          setState((now) => ({ ...now, step: "failed" }));
          again = setTimeout(attempt, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
          tries += 1;
        },
      );
    };
    attempt();
    return () => {
      over = true;
      clearTimeout(slow);
      clearTimeout(again);
    };
  }, [meeting, version, relayed, page, pages]);
  return state;
}

/** Fetch and decode a picture, so that showing it costs nothing. Rejects when it does not come. */
async function load(address: string): Promise<{ width: number; height: number }> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return { width: picture.naturalWidth, height: picture.naturalHeight };
}

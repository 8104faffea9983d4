/** Which part of the cockpit has the focus, which item is chosen, and how the focus moves within a list. */

import { type Keys, useKeys } from "@common/keys.ts";
import { type Signal, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";

export type Part = "show" | "now" | "room";
export const PARTS: readonly Part[] = ["show", "now", "room"];

/** The part with the focus: its keys work and stand in the key bar. */
export const part = signal<Part>("show");

/** The agenda item the secretary looks at; undefined follows the current item. */
export const chosenItem = signal<number | undefined>(undefined);
/** The paper looked at, by document id; undefined: the item's first. */
export const chosenPaper = signal<number | undefined>(undefined);
/** The page looked at. */
export const page = signal(1);
/** The poll chosen; undefined: the one with the most urgent next step. */
export const chosenPoll = signal<number | undefined>(undefined);
/** The annulled poll whose repetition is awaited: it is chosen when it comes. */
export const repeated = signal<number | undefined>(undefined);
/** The request to speak that is chosen. */
export const chosenRequest = signal<number | undefined>(undefined);

/** Forget the choices (another meeting). */
export function forgetChoices(): void {
  chosenItem.value = undefined;
  chosenPaper.value = undefined;
  page.value = 1;
  chosenPoll.value = undefined;
  repeated.value = undefined;
  chosenRequest.value = undefined;
}

/** Look at another item: its first paper, its first page. */
export function chooseItem(id: number | undefined): void {
  if (chosenItem.value === id) return;
  chosenItem.value = id;
  chosenPaper.value = undefined;
  page.value = 1;
}

/** Put the focus into a part: on its chosen row, or on the part itself. */
export function focusPart(name: Part): void {
  const section = document.getElementById(`part-${name}`);
  const row = section?.querySelector<HTMLElement>('[role="option"][tabindex="0"]');
  (row ?? section)?.focus();
  part.value = name;
}

/** Move a choice by `step` within a list of ids; stays at the ends. */
export function move(
  choice: Signal<number | undefined>,
  ids: readonly number[],
  from: number | undefined,
  step: number,
) {
  if (ids.length === 0) return;
  const at = from === undefined ? -1 : ids.indexOf(from);
  const to = at === -1 ? (step > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + step));
  choice.value = ids[to];
}

const NO_KEYS: Keys = {};

/**
 * Keys of a part: there while the part has the focus. They change with the rendering and not after the next paint, so
 * that "3, Enter" typed fast never starts an agenda item.
 */
export function usePartKeys(name: Part, keys: Keys): void {
  useKeys(part.value === name ? keys : NO_KEYS, { title: t(`part.${name}`) });
}

/** Keep the chosen row in view, and focused while the part has the focus. */
export function useRowFocus(chosen: number | undefined, active: boolean) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    row?.scrollIntoView({ block: "nearest" });
    const inList = list.current?.contains(document.activeElement) ?? false;
    if (active && (inList || document.activeElement?.id.startsWith("part-"))) row?.focus({ preventScroll: true });
  }, [chosen]);
  return list;
}

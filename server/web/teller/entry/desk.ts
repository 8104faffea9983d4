/** What keys do at a station: the ballot under work, the one laid aside, and what was just said. */

import { signal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { begin, type Deed, type Draft, isTouched, press } from "./ballot.ts";
import type { Said } from "./LastLook.tsx";
import { BUNDLE, layoutOf, placeOf } from "./layout.ts";
import type { StationWork } from "./station.ts";

export class Desk {
  readonly draft = signal<Draft | undefined>(undefined);
  readonly said = signal<Said | undefined>(undefined);
  /** A new ballot that was half entered when an earlier one was opened. */
  private aside: Draft | undefined;

  constructor(readonly work: StationWork) {}

  /** Begin, once the station's ballot is known; a draft under way stays. */
  start(): void {
    if (this.draft.peek() === undefined) this.fresh();
  }

  /** One key. Nothing happens before the station is known. */
  press(key: string): void {
    const form = this.work.form.peek();
    const draft = this.draft.peek();
    if (form === undefined || draft === undefined) return;
    this.said.value = undefined;
    const { draft: next, deed } = press(draft, form, key, layoutOf(form.lines).rows);
    this.draft.value = next;
    if (deed !== undefined) this.carryOut(deed);
  }

  /** Look at an entered ballot, or go back to the new one. */
  open(number: number): void {
    const form = this.work.form.peek();
    const entered = this.work.entered.peek().get(number);
    const draft = this.draft.peek();
    if (form === undefined || draft === undefined) return;
    if (number === this.work.next.peek()) {
      this.leave();
      return;
    }
    if (entered === undefined) {
      this.said.value = { tone: "warn", text: t("note.noBallot", { number }) };
      return;
    }
    if (!draft.replaces && isTouched(draft)) this.aside = draft;
    this.draft.value = begin(form, number, entered);
  }

  /** Back to the new ballot, as it was laid aside. */
  leave(): void {
    const next = this.work.next.peek();
    const aside = this.aside;
    this.aside = undefined;
    if (aside?.number === next) this.draft.value = aside;
    else this.fresh();
  }

  private fresh(): void {
    const form = this.work.form.peek();
    if (form !== undefined) this.draft.value = begin(form, this.work.next.peek());
  }

  private carryOut(deed: Deed): void {
    if (deed.do === "open") {
      this.open(deed.number);
      return;
    }
    if (deed.do === "leave") {
      const draft = this.draft.peek();
      this.leave();
      if (draft && isTouched(draft)) this.said.value = { tone: "warn", text: t("said.kept", { number: draft.number }) };
      return;
    }
    const issued = this.work.sheet.peek()?.issued ?? 0;
    if (deed.number > issued) {
      this.said.value = { tone: "warn", text: t("note.beyond", { issued }) };
      void this.work.load(); // the secretary may have corrected the number meanwhile
      this.fresh();
      return;
    }
    const again = this.work.entered.peek().has(deed.number);
    this.work.write(deed.number, deed.reading);
    this.leave();
    this.said.value = { tone: "good", text: saidOf(deed.number, again, issued) };
  }
}

function saidOf(number: number, again: boolean, issued: number): string {
  if (again) return t("said.replaced", { number });
  const { bundle } = placeOf(number);
  if (number === issued) return t("said.last", { number });
  if (number % BUNDLE === 0) return t("said.bundle", { bundle, from: number - BUNDLE + 1, to: number });
  return t("said.written", { number });
}

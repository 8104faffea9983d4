/** A page of its own for each test of a screen: what stands on it, what is pressed and typed, what the server hears. */

import { render, type VNode } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, vi } from "vitest";
import { session } from "../../server/web/console/session.ts";

export interface Heard {
  readonly method: string;
  /** Below the base. */
  readonly path: string;
  readonly body: unknown;
}

/** A refusal as the server words it. */
export interface Refusing {
  readonly refuse: { readonly status: number; readonly code: string; readonly detail: string; readonly next: string };
}

const isRefusing = (answer: unknown): answer is Refusing =>
  typeof answer === "object" && answer !== null && "refuse" in answer;

function answerOf(known: unknown): Response {
  if (known === undefined) return new Response(null, { status: 204 });
  if (!isRefusing(known)) return new Response(JSON.stringify(known), { status: 200 });
  const { status, ...words } = known.refuse;
  const problem = { ...words, status, type: "", title: words.detail, detail_en: "", next_en: "" };
  return new Response(JSON.stringify(problem), { status, headers: { "content-type": "application/problem+json" } });
}

/** The secretary's page, whose calls go to `base`. What is in `answers` (by path) is answered, all else is done (204). */
export class Stage {
  place: HTMLElement = document.createElement("div");
  readonly asked: Heard[] = [];
  readonly answers: Record<string, unknown> = {};

  constructor(base = "") {
    beforeEach(() => {
      this.place = document.createElement("div");
      document.body.append(this.place);
      session.value = { name: "Thư ký", roles: ["secretary"], must_change_password: false };
      vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
        const path = String(url).replace(base, "");
        const body = init.body ? JSON.parse(String(init.body)) : undefined;
        this.asked.push({ method: init.method ?? "GET", path, body });
        return answerOf(this.answers[path.split("?")[0] ?? ""]);
      });
    });
    afterEach(() => {
      act(() => render(null, this.place));
      this.place.remove();
      this.asked.length = 0;
      vi.unstubAllGlobals();
    });
  }

  readonly settle = () => act(async () => await new Promise((done) => setTimeout(done, 30)));

  readonly show = async (screen: VNode) => {
    act(() => render(screen, this.place));
    await this.settle();
  };

  /** A button by its words or its name. */
  readonly button = (text: string) =>
    [...this.place.querySelectorAll("button")].find(
      (one) => one.textContent?.includes(text) || one.getAttribute("aria-label") === text,
    );

  /** A field by the beginning of its label. */
  readonly field = (label: string): HTMLInputElement => {
    const found = [...this.place.querySelectorAll("label")].find((one) => one.textContent?.startsWith(label));
    const field =
      this.place.querySelector<HTMLInputElement>(`[id="${found?.htmlFor}"]`) ??
      found?.querySelector("input") ??
      this.place.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
    if (!field) throw new Error(label);
    return field;
  };

  readonly type = (label: string, value: string) => {
    const field = this.field(label);
    act(() => {
      field.value = value;
      field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
    });
  };

  /** Press a key where `at` is, or on the page. */
  readonly press = (key: string, at: Element = document.body) => {
    act(() => {
      at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    });
  };
}

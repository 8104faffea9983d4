/** Refusals as the server writes them (problem+json), and our own when no answer came. */

import { en } from "../i18n/en.ts";
import { language } from "../i18n/language.ts";
import { vi } from "../i18n/vi.ts";

/** What is wrong with one field of what was sent. `path` is dotted ("items.3.title"). */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
  readonly message_en: string;
}

/** One refusal. `detail` and `next` are Vietnamese. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly detail_en: string;
  readonly next: string;
  readonly next_en: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly request_id?: string;
  readonly errors?: readonly FieldProblem[];
}

/** What went wrong and what to do, in the current language. */
export interface ProblemText {
  readonly detail: string;
  readonly next: string;
}

/** A request that was refused or could not be made. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(readonly problem: Problem) {
    super(problem.code);
  }

  /** The server's stable code, or "offline", "unreadable", "cancelled". */
  get code(): string {
    return this.problem.code;
  }
}

/** The sentences of a refusal in the current language. */
export function problemText(problem: Problem): ProblemText {
  return language.value === "en"
    ? { detail: problem.detail_en, next: problem.next_en }
    : { detail: problem.detail, next: problem.next };
}

/** The sentence about one field in the current language; undefined when that field is fine. */
export function fieldText(problem: Problem | undefined, path: string): string | undefined {
  const found = problem?.errors?.find((error) => error.path === path);
  if (found === undefined) return undefined;
  return language.value === "en" ? found.message_en : found.message;
}

/** A refusal of our own, in both languages. `status` 0: no answer came. */
export function ownProblem(code: "offline" | "unreadable" | "cancelled", status = 0): Problem {
  return {
    type: "about:blank",
    title: en[`refusal.${code}`],
    status,
    code,
    detail: vi[`refusal.${code}`],
    detail_en: en[`refusal.${code}`],
    next: vi[`refusal.${code}.next`],
    next_en: en[`refusal.${code}.next`],
    params: {},
  };
}

/** Read a refusal out of an answer's body; anything that is not one becomes "unreadable". */
export function problemFrom(status: number, text: string): Problem {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && "code" in body && "detail" in body) return body as Problem;
  } catch {
    // A proxy's HTML page, or nothing at all.
  }
  return ownProblem(status >= 502 && status <= 504 ? "offline" : "unreadable", status);
}

/** Any thrown thing as a problem, for a screen that must show something. */
export function asProblem(error: unknown): Problem {
  return error instanceof Refusal ? error.problem : ownProblem("unreadable");
}

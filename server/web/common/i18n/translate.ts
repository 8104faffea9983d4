/** `t("key", {params})`: texts of a folder's dictionaries in the current language, checked by the compiler. */

import { formatNumber } from "./format.ts";
import { type Language, language } from "./language.ts";

/** A dictionary: key → text. `{name}` is filled in; `{n|vote|votes}` chooses by number (1 or not). */
export type Dictionary = Readonly<Record<string, string>>;

/** What en.ts must be: every key of vi.ts, and no other. */
export type Translation<V extends Dictionary> = { readonly [K in keyof V]: string };

type Name<S extends string> = S extends `${infer N}|${string}` ? N : S;

/** Names of the params in a text: "Mời vào, ghế {seat}" → "seat". */
export type ParamNames<S extends string> = S extends `${string}{${infer P}}${infer Rest}`
  ? Name<P> | ParamNames<Rest>
  : never;

type Param = string | number;
type Arguments<S extends string> = [ParamNames<S>] extends [never] ? [] : [params: Record<ParamNames<S>, Param>];

/** The function a surface calls for each of its texts. Read it while rendering, and the text follows the language. */
export type Translate<V extends Dictionary> = <K extends keyof V & string>(
  key: K,
  ...params: Arguments<V[K]>
) => string;

/** Fill a text. Numbers are written the way the language writes them. */
export function fill(text: string, params: Readonly<Record<string, Param>>, spoken: Language): string {
  return text.replace(
    /\{([^{}|]+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g,
    (_all, name: string, one?: string, many?: string) => {
      const value = params[name];
      if (one !== undefined && many !== undefined) return value === 1 ? one : many;
      if (value === undefined) return "…";
      return typeof value === "number" ? formatNumber(value, {}, spoken) : value;
    },
  );
}

/**
 * Make the `t` of a folder from its two dictionaries. A folder that builds on another spreads the other's dictionaries
 * into its own: `translator({ ...commonVi, ...vi }, { ...commonEn, ...en })`.
 */
export function translator<const V extends Dictionary>(vi: V, en: Translation<V>): Translate<V> {
  return (key, ...params) => {
    const spoken = language.value;
    const text: string = (spoken === "en" ? en : vi)[key];
    const given: Readonly<Record<string, Param>> | undefined = params[0];
    return given === undefined ? text : fill(text, given, spoken);
  };
}

/** The parts of an OpenAPI 3.1 document that the page shows, and how a schema is said in words. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly additionalProperties?: Schema | boolean;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly vi: string;
  readonly en: string;
}

export interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly "x-refusals": readonly Refusal[];
}

/** One route: method, path and what the document says of it. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly permission: string;
  /** The docstring, in English. */
  readonly text: string;
}

/** All routes by tag, in the document's order. */
export function routesByTag(document: OpenApi): ReadonlyMap<string, readonly Route[]> {
  const found = new Map<string, Route[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [text = "", permission = ""] = operation.description.split(/\n\nPermission: /);
      const route = { method: method.toUpperCase(), path, operation, permission: permission.replaceAll("`", ""), text };
      const tag = operation.tags[0] ?? "";
      found.set(tag, [...(found.get(tag) ?? []), route]);
    }
  }
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
}

/** "#/components/schemas/MeetingIn" → "MeetingIn". */
export function refName(schema: Schema | undefined): string | undefined {
  return schema?.$ref?.split("/").pop();
}

/** The schema of the first kind of content, with the kind. */
export function contentOf(content: Content | undefined): { media: string; schema: Schema | undefined } | undefined {
  const [media, one] = Object.entries(content ?? {})[0] ?? [];
  return media === undefined ? undefined : { media, schema: one?.schema };
}

/** The limits of a value in one short line: "1–300", "≤ 40", "^[a-z]+$". */
export function limits(schema: Schema): string {
  const size = span(schema.minLength, schema.maxLength) || span(schema.minItems, schema.maxItems);
  const value = span(schema.minimum, schema.maximum);
  return [schema.format, size && `|${size}|`, value, schema.pattern].filter(Boolean).join(" ");
}

function span(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `${least}…${most}`;
  if (least !== undefined) return `≥ ${least}`;
  return most === undefined ? "" : `≤ ${most}`;
}

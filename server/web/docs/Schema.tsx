/** Schemas in words: the type of a value with links to named schemas, and a table of fields. */

import type { ComponentChildren } from "preact";
import { t } from "./i18n/index.ts";
import { limits, refName, type Schema } from "./openapi.ts";

const joined = (parts: readonly ComponentChildren[], between: string) =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]));

/** The type of a value, in one line. */
export function Type({ schema }: { readonly schema: Schema | undefined }): ComponentChildren {
  if (schema === undefined) return null;
  const name = refName(schema);
  if (name) return <a href={`#schema-${name}`}>{name}</a>;
  if (schema.anyOf)
    return (
      <>
        {joined(
          schema.anyOf.map((one, index) => <Type key={index} schema={one} />),
          " | ",
        )}
      </>
    );
  if (schema.enum) return <>{schema.enum.map((one) => JSON.stringify(one)).join(" | ")}</>;
  if (schema.const !== undefined) return <>{JSON.stringify(schema.const)}</>;
  if (schema.type === "array") {
    return (
      <>
        <Type schema={schema.items} />
        {"[]"}
      </>
    );
  }
  return <>{schema.type ?? t("any")}</>;
}

/** Limits of a field, also of the one real choice of "text or null" and of the entries of a list. */
function fieldLimits(schema: Schema): string {
  const inner = schema.anyOf?.filter((one) => one.type !== "null") ?? [];
  return [schema, ...inner].map(limits).filter(Boolean).join(" ");
}

/** Fields of an object: name, type, limits, what they mean. */
export function Fields({ schema }: { readonly schema: Schema }) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return <p class="soft">{t("noFields")}</p>;
  return (
    <table class="fields">
      <thead>
        <tr>
          <th scope="col">{t("field")}</th>
          <th scope="col">{t("type")}</th>
          <th scope="col">{t("limits")}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(([name, field]) => (
          <tr key={name}>
            <td class="mono">
              {name}
              {schema.required?.includes(name) ? <strong title={t("required")}>{" *"}</strong> : ""}
            </td>
            <td class="mono">
              <Type schema={field} />
            </td>
            <td>
              <span class="mono">{fieldLimits(field)}</span> {field.description}
              {field.default !== undefined && field.default !== null && (
                <small>{t("default", { value: JSON.stringify(field.default) })}</small>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

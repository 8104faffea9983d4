/** /api/docs: every route of the HTTP API by feature, the schemas, and every refusal the server may give. */

import { asProblem, get, type Problem } from "@common/api/index.ts";
import { TextField } from "@common/components/Field.tsx";
import { LanguageSwitch } from "@common/components/LanguageSwitch.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { language } from "@common/i18n/index.ts";
import { useEffect, useState } from "preact/hooks";
import "./docs.css";
import { t } from "./i18n/index.ts";
import { type OpenApi, type Route, routesByTag } from "./openapi.ts";
import { RouteCard } from "./RouteCard.tsx";
import { Fields } from "./Schema.tsx";

function Refusals({ document }: { readonly document: OpenApi }) {
  return (
    <section id="refusals">
      <h2>{t("refusals")}</h2>
      <p class="soft">{t("refusals.help")}</p>
      <table class="fields">
        <thead>
          <tr>
            <th scope="col">{t("code")}</th>
            <th scope="col">{"HTTP"}</th>
            <th scope="col">{t("says")}</th>
          </tr>
        </thead>
        <tbody>
          {document["x-refusals"].map((one) => (
            <tr key={one.code} id={`refusal-${one.code}`}>
              <td class="mono">
                <a href={`#refusal-${one.code}`}>{one.code}</a>
              </td>
              <td>{one.status}</td>
              <td>{language.value === "en" ? one.en : one.vi}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Schemas({ document }: { readonly document: OpenApi }) {
  return (
    <section id="schemas">
      <h2>{t("schemas")}</h2>
      {Object.entries(document.components.schemas)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, schema]) => (
          <article key={name} id={`schema-${name}`} class="route">
            <h3>
              <code>{name}</code>
            </h3>
            {schema.description && <p>{schema.description}</p>}
            {schema.enum ? (
              <p class="mono">{schema.enum.map((one) => JSON.stringify(one)).join(" | ")}</p>
            ) : (
              <Fields schema={schema} />
            )}
          </article>
        ))}
    </section>
  );
}

const wanted = (route: Route, search: string) =>
  `${route.method} ${route.path} ${route.operation.summary} ${route.text} ${route.permission}`
    .toLowerCase()
    .includes(search.trim().toLowerCase());

function Document({ document }: { readonly document: OpenApi }) {
  const [search, setSearch] = useState("");
  const tags = routesByTag(document);
  useEffect(() => {
    // The browser looked for the anchor before there was anything to find.
    if (location.hash.length > 1) globalThis.document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <div class="docs">
      <nav class="docs-nav" aria-label={t("contents")}>
        <TextField label={t("search")} value={search} onValue={setSearch} input={{ type: "search" }} />
        <ul>
          {[...tags.keys()].map((tag) => (
            <li key={tag}>
              <a href={`#tag-${tag}`}>{tag}</a>
            </li>
          ))}
          <li>
            <a href="#schemas">{t("schemas")}</a>
          </li>
          <li>
            <a href="#refusals">{t("refusals")}</a>
          </li>
          <li>
            <a href="/api/openapi.json">{"openapi.json"}</a>
          </li>
        </ul>
      </nav>
      <main class="docs-main">
        {document.info.description.split("\n\n").map((line) => (
          <p key={line}>{line}</p>
        ))}
        {[...tags].map(([tag, routes]) => {
          const shown = routes.filter((route) => wanted(route, search));
          if (shown.length === 0) return null;
          return (
            <section key={tag} id={`tag-${tag}`}>
              <h2>{tag}</h2>
              {shown.map((route) => (
                <RouteCard key={route.operation.operationId + route.path} route={route} />
              ))}
            </section>
          );
        })}
        <Schemas document={document} />
        <Refusals document={document} />
      </main>
    </div>
  );
}

/** See the top of this file. */
export function App() {
  const [document, setDocument] = useState<OpenApi | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    get<OpenApi>("/api/openapi.json").then(setDocument, (error: unknown) => setProblem(asProblem(error)));
  }, []);
  globalThis.document.title = t("title");
  return (
    <>
      <header class="docs-bar">
        <h1>{t("title")}</h1>
        <LanguageSwitch />
      </header>
      {problem && <ProblemNotice problem={problem} />}
      {document ? <Document document={document} /> : !problem && <p class="docs-main soft">{t("loading")}</p>}
    </>
  );
}

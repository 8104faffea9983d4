/** One route: what it does, who may, what goes in, what comes out. */

import { t } from "./i18n/index.ts";
import { contentOf, type Route } from "./openapi.ts";
import { Type } from "./Schema.tsx";

function Parameters({ route }: { readonly route: Route }) {
  if (route.operation.parameters.length === 0) return null;
  return (
    <>
      <dt>{t("parameters")}</dt>
      <dd>
        <ul>
          {route.operation.parameters.map((one) => (
            <li key={`${one.in}-${one.name}`} class="mono">
              {one.name}
              {one.required ? <strong title={t("required")}>{" *"}</strong> : ""} <small>{t(`in.${one.in}`)}</small>{" "}
              <Type schema={one.schema} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}

/** See the top of this file. */
export function RouteCard({ route }: { readonly route: Route }) {
  const { operation } = route;
  const body = contentOf(operation.requestBody?.content);
  const good = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const answer = contentOf(good?.[1].content);
  return (
    <article class="route" id={`route-${operation.operationId}`}>
      <h3>
        <span class={`method method-${route.method.toLowerCase()}`}>{route.method}</span>
        <code>{route.path}</code>
      </h3>
      <p>
        <strong lang="vi">{operation.summary}</strong> <span lang="en">{route.text}</span>
      </p>
      <dl>
        <dt>{t("permission")}</dt>
        <dd class="mono">{route.permission}</dd>
        <Parameters route={route} />
        {body && (
          <>
            <dt>{t("request")}</dt>
            <dd class="mono">
              <Type schema={body.schema} /> <small>{body.media}</small>
            </dd>
          </>
        )}
        <dt>{t("answer")}</dt>
        <dd class="mono">
          {good?.[0]} <Type schema={answer?.schema} /> {answer && <small>{answer.media}</small>}
        </dd>
      </dl>
    </article>
  );
}

/** The rule with its citation, the base in numbers, the surplus, and who is left out of the base. */

import { Button } from "@common/components/Button.tsx";
import { useKeys } from "@common/keys.ts";
import { useState } from "preact/hooks";
import { ExclusionSheet } from "./ExclusionSheet.tsx";
import { language, said, t, word } from "./i18n/index.ts";
import type { Section, Vote } from "./shapes.ts";

function Base({ vote }: { readonly vote: Vote }) {
  const { rule } = vote;
  const quorum = rule.quorum_needed;
  return (
    <dl class="pv-facts">
      {rule.whole !== null && (
        <div>
          <dt>{word("base", rule.base)}</dt>
          <dd>
            {rule.excluded > 0
              ? t("rule.base", { whole: rule.whole, excluded: rule.excluded, base: rule.base_count ?? 0 })
              : String(rule.whole)}
          </dd>
        </div>
      )}
      {rule.needed !== null && vote.kind !== "confidence" && (
        <div>
          <dt>{t("rule.needed")}</dt>
          <dd>
            {t(rule.strict ? "rule.more" : "rule.least", {
              numerator: rule.numerator,
              denominator: rule.denominator,
              needed: rule.needed,
            })}
          </dd>
        </div>
      )}
      {quorum !== null && (
        <div>
          <dt>{t("rule.quorum")}</dt>
          <dd class={rule.present < quorum ? "pv-bad" : ""}>
            {t("rule.present", { present: rule.present, convened: rule.convened, needed: quorum })}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Surplus({ vote }: { readonly vote: Vote }) {
  const { surplus, rule } = vote;
  // Of a list that is frozen nothing is checked any more, and who withdrew afterwards is not its fault.
  if (surplus === null || vote.state !== "draft") return null;
  const { standing, seats, most, ok } = surplus;
  return (
    <p class={ok ? "pv-surplus pv-good" : "pv-surplus pv-bad"} role="status">
      <strong>
        {ok ? "✓ " : "✕ "}
        {surplus.surplus >= 0
          ? t("surplus.is", { standing, seats, surplus: surplus.surplus })
          : t("surplus.short", { standing, seats })}
      </strong>
      {most !== null && (
        <small>
          {t("surplus.most", { most, percent: rule.most_surplus_percent ?? 0, citation: rule.surplus_article })}
        </small>
      )}
    </p>
  );
}

/** See the top of this file. */
export function RuleCard(section: Section) {
  const { vote } = section;
  const { rule } = vote;
  const [open, setOpen] = useState(false);
  const none = rule.whole === null || vote.exclusion_choices.length === 0 ? t("exclusion.unneeded") : undefined;
  const late = ["compared", "closed", "published", "annulled"].includes(vote.state) ? t("exclusion.late") : undefined;
  const reason = section.reason ?? late ?? none;
  useKeys({ x: { label: t("exclusion.title"), run: () => setOpen(true), reason } }, { title: t("rule.title") });
  return (
    <section class="pv-card" aria-label={t("rule.title")}>
      <h3>{language.value === "en" ? rule.name_en : rule.name}</h3>
      <p class="pv-cite">{[rule.citation, rule.note].filter(Boolean).join(" · ")}</p>
      <Surplus vote={vote} />
      <Base vote={vote} />
      {vote.exclusions.length > 0 && (
        <ul class="pv-excluded">
          {vote.exclusions.map((one) => (
            <li key={one.participant_id}>
              <strong>{one.name}</strong> <small>{`${said(one)} · ${one.reason}`}</small>
            </li>
          ))}
        </ul>
      )}
      <Button
        kind="quiet"
        icon="people"
        hint="X"
        reason={reason}
        reasonHidden={none !== undefined}
        onPress={() => setOpen(true)}
      >
        {t("exclusion.title")}
      </Button>
      {open && (
        <ExclusionSheet
          {...section}
          onClose={() => {
            setOpen(false);
            section.reload();
          }}
        />
      )}
    </section>
  );
}

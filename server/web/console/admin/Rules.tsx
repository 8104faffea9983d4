/** Rules for votes of a unit: its own, which it adds and retires, and those that come with the program. */

import { Button } from "@common/components/Button.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import { type RuleSetView, retireRule, unitRules } from "../calls/votes.ts";
import { t, word } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { say } from "../parts/say.ts";
import { UnitSelect } from "../parts/UnitSelect.tsx";
import { majorityText } from "../run/polls.ts";
import { RuleSheet } from "./RuleSheet.tsx";

function Rule({ rule, onRetire }: { readonly rule: RuleSetView; readonly onRetire?: () => void }) {
  const form = rule.forms.includes("open") ? t("motions.rules.open") : t("motions.rules.paper");
  return (
    <li class="rule">
      <div>
        <h3>{say(rule.name, rule.name_en)}</h3>
        <p>{`${majorityText(rule)}. ${form}.`}</p>
        <small>{`${t("facts.citation")}: ${rule.citation}`}</small>
        {rule.exclusions.length > 0 && (
          <small>
            {`${t("rules.exclusions")}: ${rule.exclusions.map((one) => say(one.text, one.text_en)).join("; ")}`}
          </small>
        )}
        <small>{rule.kinds.map((kind) => word("ballot", kind)).join(" · ")}</small>
      </div>
      {onRetire && (
        <Button kind="quiet" onPress={onRetire}>
          {t("rules.retire")}
        </Button>
      )}
    </li>
  );
}

/** See the top of this file. */
export function Rules() {
  const [unit, setUnit] = useState<number | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const load = async () => (unit === undefined ? undefined : unitRules(unit));
  const { data, problem, reload } = useLoad(load, [unit]);
  const rules = data?.rules ?? [];
  const own = rules.filter((one) => one.own);
  const retire = (rule: RuleSetView) =>
    ask({
      title: t("rules.retire.title"),
      says: [say(rule.name, rule.name_en), t("rules.retire.says")],
      action: t("rules.retire"),
      key: "h",
      danger: true,
      run: () => act(retireRule(unit ?? 0, rule.code), () => t("rules.retired")).then(reload),
    });
  return (
    <section class="persons">
      <div class="toolbar">
        <UnitSelect label={t("people.unit")} value={unit} onValue={setUnit} />
        <Button kind="primary" icon="plus" onPress={() => setAdding(true)} reason={data ? undefined : t("app.loading")}>
          {t("rules.add")}
        </Button>
      </div>
      <p class="help">{t("rules.help")}</p>
      {problem && <ProblemNotice problem={problem} />}
      <h2 class="section-title">{t("rules.own")}</h2>
      {data && own.length === 0 && <p class="empty">{t("rules.none")}</p>}
      <ul class="rules">
        {own.map((rule) => (
          <Rule key={rule.code} rule={rule} onRetire={() => retire(rule)} />
        ))}
      </ul>
      <h2 class="section-title">{t("rules.shipped")}</h2>
      <ul class="rules">
        {rules
          .filter((one) => !one.own)
          .map((rule) => (
            <Rule key={rule.code} rule={rule} />
          ))}
      </ul>
      {adding && unit !== undefined && data && (
        <RuleSheet
          unit={unit}
          rules={rules}
          onClose={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
    </section>
  );
}

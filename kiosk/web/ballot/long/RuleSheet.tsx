/** The whole rule of a vote: where it stands, what it counts of, who is left out and why, what is needed. */

import { language } from "@common/i18n/index.ts";
import type { PollView } from "@common/types.gen.ts";
import { t } from "../../i18n/index.ts";
import { baseText, changeText, excludedText, namedText, quorumText, ruleText, wordsOf } from "../../i18n/rule.ts";
import { Sheet } from "../../parts/Sheet.tsx";
import { isLong } from "../draft.ts";

export interface RuleSheetProps {
  readonly poll: PollView;
  readonly onClose: () => void;
}

/** See RuleSheetProps. */
export function RuleSheet({ poll, onClose }: RuleSheetProps) {
  const { rule } = poll;
  const { words } = rule;
  const remarks = (language.value === "en" ? words?.remarks_en : words?.remarks) ?? [];
  return (
    <Sheet title={wordsOf(rule) ?? t("rule.title")} onClose={onClose}>
      <div class="rule-sheet">
        {isLong(poll) && poll.motion !== "" && <p>{poll.motion}</p>}
        {words && <p class="ballot-rule">{words.citation}</p>}
        <p>
          <strong>{ruleText(rule, poll.kind)}</strong>
        </p>
        <p>{baseText(rule)}</p>
        {rule.exclusions.length > 0 && (
          <ul>
            {rule.exclusions.map((one) => (
              <li key={one.code}>{excludedText(one)}</li>
            ))}
          </ul>
        )}
        <p>{quorumText(rule)}</p>
        <p>{`${namedText(poll.named)}. ${changeText(poll.changeable)}.`}</p>
        {words && <p>{language.value === "en" ? words.tie_en : words.tie}</p>}
        {words?.note && <p class="ballot-rule">{words.note}</p>}
        {remarks.map((text) => (
          <p key={text} class="ballot-rule">
            {text}
          </p>
        ))}
      </div>
    </Sheet>
  );
}

/** Text, options and the persons who are left out of the base, with the reason of each. */

import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { pollDetails } from "../../calls/votes.ts";
import { t } from "../../i18n/index.ts";
import { say } from "../../parts/say.ts";
import type { Poll } from "../../shapes.ts";
import type { Cockpit } from "../model.ts";

/** See the top of this file. */
export function Basis({ cockpit, poll }: { readonly cockpit: Cockpit; readonly poll: Poll }) {
  const { data, problem } = useLoad(() => pollDetails(cockpit.id, poll.id), [poll.id, poll.state]);
  if (problem) return <ProblemNotice problem={problem} />;
  if (data === undefined) return null;
  const why = (code: string) => {
    const found = poll.rule.exclusions.find((one) => one.code === code);
    return found ? say(found.text, found.text_en) : code;
  };
  return (
    <>
      {data.motion && <p class="motion-text">{data.motion}</p>}
      {data.options.length > 0 && (
        <ol class="motion-options" aria-label={t("basis.options")}>
          {data.options.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
      )}
      {data.excluded.length > 0 && (
        <div>
          <h3 class="section-title">{t("basis.excluded")}</h3>
          <ul class="excluded">
            {data.excluded.map((one) => (
              <li key={one.participant_id}>
                <strong>{one.name}</strong> {why(one.code)}
                {one.note && <small>{one.note}</small>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

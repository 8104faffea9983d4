/** Choose up to k of n: large rows, never more than k, by pages. */

import { Icon } from "@common/components/Icon.tsx";
import type { PollView } from "@common/types.gen.ts";
import { t } from "../../i18n/index.ts";
import { Pages, useWide } from "../../parts/Pages.tsx";
import { mostOf, toggled } from "../draft.ts";
import { draft, mark } from "../state.ts";
import "./long.css";

/** Names fit beside each other; sentences do not. */
const SHORT = 34;
/** What an upright screen shows in two lines; a longer one gets four, so that the server's 120 letters are all read. */
const TWO_LINES = 60;

/** See above. */
export function Many({ poll }: { readonly poll: PollView }) {
  const most = mostOf(poll);
  const { options: chosen } = draft.value;
  const full = chosen.length >= most && most > 1;
  const wide = useWide();
  const narrow = poll.options.some((text) => text.length > SHORT);
  return (
    <div class="long">
      <Pages
        rows={poll.options}
        rem={!wide && poll.options.some((text) => text.length > TWO_LINES) ? 7 : 4.5}
        columns={wide && !narrow ? 2 : 1}
        label={poll.title}
        row={(text, index) => {
          const number = index + 1;
          const on = chosen.includes(number);
          return (
            <li key={number} class="many-row">
              <button
                type="button"
                class="many"
                aria-pressed={on}
                aria-disabled={full && !on}
                onClick={() => mark(toggled(draft.peek(), number, most))}
              >
                <span class="many-box">{on && <Icon name="check" />}</span>
                <span class="many-number tabular">{number}</span>
                <span class="many-text">{text}</span>
              </button>
            </li>
          );
        }}
        note={
          <strong class={full ? "long-full" : ""}>
            {t("many.count", { n: chosen.length, most })}
            {full && <small>{t("many.full")}</small>}
          </strong>
        }
        action={
          <button type="button" class="long-next" onClick={() => mark({ ready: true })}>
            {t("long.next")}
          </button>
        }
      />
    </div>
  );
}

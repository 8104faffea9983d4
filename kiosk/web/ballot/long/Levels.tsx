/** Three levels of confidence for one name or for many: one row a name, three large buttons each, by pages. */

import { Icon } from "@common/components/Icon.tsx";
import { LEVEL_ICONS, LEVELS, type Level, levelText } from "@common/components/ResultRows.tsx";
import type { PollView } from "@common/types.gen.ts";
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { Pages, useWide } from "../../parts/Pages.tsx";
import { firstMissing } from "../draft.ts";
import { draft, mark } from "../state.ts";
import "./long.css";

/** A button that has just appeared under a finger does not listen yet, in ms. */
const SETTLE_MS = 450;

/** See above. */
export function Levels({ poll }: { readonly poll: PollView }) {
  return poll.options.length === 1 ? <OneName poll={poll} /> : <Names poll={poll} />;
}

/** One name: three buttons as large as those of a motion. */
function OneName({ poll }: { readonly poll: PollView }) {
  const born = useRef(performance.now());
  const give = (level: Level) => () => {
    if (performance.now() - born.current >= SETTLE_MS) mark({ levels: { 0: level }, ready: true });
  };
  return (
    <div class="long-one">
      <p class="levels-name">{poll.options[0]}</p>
      <div class="ballot-choices" role="group" aria-label={poll.options[0]}>
        {LEVELS.map((level) => (
          <button key={level} type="button" class={`ballot-choice level-${level}`} onClick={give(level)}>
            <Icon name={LEVEL_ICONS[level]} />
            {levelText(level)}
          </button>
        ))}
      </div>
    </div>
  );
}

function Names({ poll }: { readonly poll: PollView }) {
  const wide = useWide();
  const [asked, setAsked] = useState<number>();
  const names = poll.options.length;
  const { levels } = draft.value;
  const missing = firstMissing(draft.value, names);
  const done = Object.keys(levels).length;
  const give = (place: number, level: Level) => () => mark({ levels: { ...draft.peek().levels, [place]: level } });
  const next = () => {
    if (missing === undefined) mark({ ready: true });
    else setAsked(missing); // goes to the page of the first name that has no level yet
  };
  return (
    <div class="long">
      <Pages
        rows={poll.options}
        rem={wide ? 4.75 : 7.5}
        label={poll.title}
        show={asked}
        onShown={() => setAsked(undefined)}
        row={(name, place) => (
          <li key={place} class="levels-row">
            <span class="levels-name" id={`level-${place}`}>
              <span class="tabular">{`${place + 1}.`}</span> {name}
            </span>
            <span class="levels-buttons" role="group" aria-labelledby={`level-${place}`}>
              {LEVELS.map((level) => (
                <button
                  key={level}
                  type="button"
                  class={`levels-button level-${level}`}
                  aria-pressed={levels[place] === level}
                  onClick={give(place, level)}
                >
                  <Icon name={LEVEL_ICONS[level]} size="1em" />
                  {levelText(level)}
                </button>
              ))}
            </span>
          </li>
        )}
        note={<strong>{t("levels.count", { n: done, names })}</strong>}
        action={
          <button type="button" class="long-next" onClick={next}>
            {missing === undefined ? t("long.next") : t("levels.missing")}
          </button>
        }
      />
    </div>
  );
}

/** One difference: three readings side by side, what the paper says, a note. "2, Enter" settles it. */

import { asProblem, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { ProblemNotice, toastRefusal } from "@common/components/Toast.tsx";
import { formatClockSeconds } from "@common/i18n/index.ts";
import { type KeyAction, useKeys } from "@common/keys.ts";
import type { BallotReading, DifferenceView } from "@common/types.gen.ts";
import { useRef, useState } from "preact/hooks";
import { dropReopening, second, settle } from "../calls.ts";
import { t } from "../i18n/index.ts";
import { teller } from "../who.ts";
import { type Printed, placeText } from "./printed.ts";
import { type Option, optionsOf, readingText, same, settleBody } from "./values.ts";
import { WholeBallot } from "./WholeBallot.tsx";

interface Props {
  readonly vote: number;
  readonly difference: DifferenceView;
  readonly printed: Printed;
  readonly onDone: () => void;
}

function Pending({ vote, difference, onDone }: Omit<Props, "printed">) {
  const mine = difference.opened_by_id === teller.value?.participantId;
  const reason = mine ? t("reopen.other") : undefined;
  const agree = () => second(vote, difference.id).then(onDone, toastRefusal);
  const drop = () => dropReopening(vote, difference.id).then(onDone, toastRefusal);
  useKeys({
    y: { label: t("reopen.second"), run: () => void agree(), reason },
    Delete: { label: t("reopen.drop"), run: () => void drop() },
  });
  return (
    <div class="settle-pending">
      <p>{t("reopen.pending", { name: difference.opened_by, reason: difference.reason })}</p>
      <div class="buttons">
        <Button kind="primary" hint="Y" reason={reason} onPress={agree}>
          {t("reopen.second")}
        </Button>
        <Button hint="Del" onPress={drop}>
          {t("reopen.drop")}
        </Button>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly option: Option;
  readonly text: string;
  readonly chosen: boolean;
  readonly onPress: () => void;
}

function Choice({ option, text, chosen, onPress }: ChoiceProps) {
  return (
    <button type="button" class="choice" aria-pressed={chosen} onClick={onPress}>
      {option.keys.map((key) => (
        <kbd key={key}>{key.toUpperCase()}</kbd>
      ))}{" "}
      <span>{text}</span>
    </button>
  );
}

/** What the teller is about to say of one difference. */
function useSettling({ vote, difference, onDone }: Omit<Props, "printed">) {
  const [chosen, choose] = useState<BallotReading | undefined>(difference.settled ?? undefined);
  const [note, setNote] = useState(difference.note || t("settle.note.usual"));
  const [problem, setProblem] = useState<Problem>();
  const empty = note.trim() === "" ? t("settle.note.empty") : undefined;
  const reason = chosen === undefined ? t("settle.choose") : empty;
  const save = async () => {
    if (reason !== undefined || chosen === undefined) return;
    try {
      await settle(vote, difference.id, settleBody(chosen, note.trim()));
      onDone();
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return { chosen, choose, note, setNote, problem, reason, save };
}

interface SettlingProps extends Props {
  readonly settling: ReturnType<typeof useSettling>;
  readonly text: (reading: BallotReading) => string;
}

/** The form: what the paper says, a note, and the key that writes it down. */
function Settling({ difference, printed, settling, text }: SettlingProps) {
  const { chosen, choose, note, setNote, problem, reason, save } = settling;
  const options = optionsOf(difference, printed.form);
  const [whole, setWhole] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const keys: Record<string, KeyAction> = {
    Enter: { label: t("settle.do"), run: () => void save(), reason },
    n: { label: t("settle.note"), run: () => field.current?.select() },
  };
  for (const option of options) {
    for (const key of option.keys) {
      // Its key stands on its button; a bar of keys would only say it again.
      keys[key] = { label: text(option.reading), hidden: true, run: () => choose(option.reading) };
    }
  }
  const all = difference.line === 0;
  if (all) keys.w = { label: t("settle.whole"), run: () => setWhole(true) };
  useKeys(keys, { title: placeText(difference) });
  const own = chosen !== undefined && !options.some((one) => same(one.reading, chosen)) ? chosen : undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    field.current?.blur();
    void save();
  };
  return (
    <form class="settle-form" onSubmit={submit}>
      {difference.reason && <p class="help">{t("reopen.why", { reason: difference.reason })}</p>}
      <p class="settle-ask">{t("settle.ask")}</p>
      <div class="choices" role="group" aria-label={t("settle.ask")}>
        {options.map((option) => (
          <Choice
            key={option.keys.join()}
            option={option}
            text={text(option.reading)}
            chosen={chosen !== undefined && same(chosen, option.reading)}
            onPress={() => choose(option.reading)}
          />
        ))}
        {all && (
          <button type="button" class="choice" aria-pressed={own !== undefined} onClick={() => setWhole(true)}>
            <kbd>{"W"}</kbd> <span>{own ? text(own) : t("settle.whole")}</span>
          </button>
        )}
      </div>
      <label class="field">
        <span>{t("settle.note")}</span>
        <input
          ref={field}
          value={note}
          maxLength={300}
          onInput={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && field.current?.blur()}
        />
      </label>
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" kind="primary" size="large" hint="↵" reason={reason}>
        {difference.settled ? t("settle.again") : t("settle.do")}
      </Button>
      {difference.settled_ms !== null && (
        <p class="help">
          {t("settle.by", { name: difference.settled_by, time: formatClockSeconds(difference.settled_ms) })}
        </p>
      )}
      {whole && (
        <WholeBallot
          number={difference.ballot}
          printed={printed}
          onClose={(reading) => {
            setWhole(false);
            if (reading) choose(reading);
          }}
        />
      )}
    </form>
  );
}

/** See the top of this file. */
export function SettleCard(props: Props) {
  const { vote, difference, printed, onDone } = props;
  const settling = useSettling(props);
  const text = (reading: BallotReading) => readingText(reading, difference.line, printed.form, printed.lines);
  return (
    <section class="settle" aria-label={placeText(difference)}>
      <h3>{placeText(difference)}</h3>
      <div class="readings">
        {difference.values.map((reading, index) => {
          const right = settling.chosen !== undefined && same(settling.chosen, reading);
          return (
            <div key={index} class={right ? "reading reading-right" : "reading"}>
              <small>{t("station.name", { n: index + 1 })}</small>
              <strong>{text(reading)}</strong>
            </div>
          );
        })}
      </div>
      {difference.pending ? (
        <Pending vote={vote} difference={difference} onDone={onDone} />
      ) : (
        <Settling {...props} settling={settling} text={text} />
      )}
    </section>
  );
}

/** A whole ballot entered once more from the paper, when none of the three stations has it right. */

import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import type { KeyAction } from "@common/keys.ts";
import type { BallotReading } from "@common/types.gen.ts";
import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { begin, press } from "../entry/ballot.ts";
import { LastLook } from "../entry/LastLook.tsx";
import { layoutOf } from "../entry/layout.ts";
import { Sheet } from "../entry/Sheet.tsx";
import { t } from "../i18n/index.ts";
import type { Printed } from "./printed.ts";
import "../styles/entry.css";

const KEYS = [
  ...Array.from("0123456789-xaziap "),
  "d",
  "/",
  "Enter",
  "F9",
  "Backspace",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
];

interface Props {
  readonly number: number;
  readonly printed: Printed;
  /** With what the paper says; undefined: never mind. */
  readonly onClose: (reading: BallotReading | undefined) => void;
}

/** See the top of this file. */
export function WholeBallot({ number, printed, onClose }: Props) {
  const { form, lines } = printed;
  const draft = useMemo(() => signal(begin(form, number)), []);
  const type = (key: string) => {
    const { draft: next, deed } = press(draft.peek(), form, key, layoutOf(form.lines).rows);
    draft.value = next;
    if (deed?.do !== "write") return;
    const { marks, invalid } = deed.reading;
    onClose({ marks: invalid ? null : marks, invalid: invalid ?? null, absent: false });
  };
  const keys: Record<string, KeyAction> = Object.fromEntries(
    KEYS.map((key) => [key, { label: key, hidden: true, run: () => type(key) }]),
  );
  return (
    <Dialog
      wide
      title={t("difference.ballot", { ballot: number })}
      onClose={() => onClose(undefined)}
      keys={keys}
      actions={<Button onPress={() => onClose(undefined)}>{t("action.cancel")}</Button>}
    >
      <div class="whole-ballot">
        <Sheet
          lines={lines}
          marks={draft.value.marks}
          cursor={draft.value.cursor}
          off={draft.value.invalid !== undefined}
          label={t("entry.title")}
          onLine={(line) => {
            draft.value = { ...draft.value, cursor: line };
            if (form.kind === "election_surplus") type("x");
          }}
        />
      </div>
      <LastLook form={form} draft={draft.value} lines={lines} said={undefined} onCategory={type} />
    </Dialog>
  );
}

/** Plain capital letters in the order of the alphabet, for codes and for names without diacritics. */

import { Button } from "@common/components/Button.tsx";
import { t } from "../i18n/index.ts";

export interface LetterPadProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Digits instead of the space key: for codes. */
  readonly digits?: boolean;
  /** Longest text, in characters. */
  readonly most?: number;
}

const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const DIGITS = Array.from("234567");

/** See LetterPadProps. */
export function LetterPad({ value, onValue, digits = false, most = 24 }: LetterPadProps) {
  const put = (char: string) => value.length < most && onValue(value + char);
  return (
    <div class="letters" role="group" aria-label={t("choose.pad")}>
      {[...LETTERS, ...(digits ? DIGITS : [])].map((char) => (
        <button key={char} type="button" class="letters-key" onClick={() => put(char)}>
          {char}
        </button>
      ))}
      {!digits && (
        <button type="button" class="letters-key letters-wide" onClick={() => put(" ")}>
          {t("choose.space")}
        </button>
      )}
      <Button
        class="letters-wide"
        icon="backspace"
        label={t("choose.delete")}
        onPress={() => onValue(value.slice(0, -1))}
      />
    </div>
  );
}

/** Letters for a screen without a keyboard: names, search. Types Telex, as every office does. */

import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { telex } from "../telex.ts";
import { Button } from "./Button.tsx";
import "./VietnamesePad.css";

export interface VietnamesePadProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** With it there is a key "Xong". */
  readonly onDone?: () => void;
  /** Longest text, in characters. */
  readonly most?: number;
  /** Sentences rather than names: signs to end them, and a capital only where one begins. */
  readonly prose?: boolean;
}

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const SIGNS = Array.from(",.?/-");

/** Whether the next letter begins a sentence. */
const begins = (text: string) => /(^|[.?!]\s+|\n)$/.test(text);

/** See VietnamesePadProps. The field it fills is the caller's. */
export function VietnamesePad({ value, onValue, onDone, most = 80, prose = false }: VietnamesePadProps) {
  const [shift, setShift] = useState(value === "");
  const [composing, setComposing] = useState(true);
  const put = (char: string) => {
    const key = shift ? char.toUpperCase() : char;
    const longer = composing ? telex(value, key) : value + key;
    if (longer.length <= most) onValue(longer);
    setShift(prose ? begins(longer) : char === " "); // names: every word begins with a capital
  };
  const key = (char: string) => (
    <button key={char} type="button" class="pad-key" onClick={() => put(char)}>
      {shift ? char.toUpperCase() : char}
    </button>
  );
  return (
    <div class="pad" role="group" aria-label={t("pad.label")}>
      {ROWS.map((row, index) => (
        <div key={row} class="pad-row">
          {index === 3 && (
            <Button icon="shift" label={t("pad.shift")} pressed={shift} onPress={() => setShift(!shift)} />
          )}
          {Array.from(row, key)}
          {index === 3 && (
            <Button icon="backspace" label={t("pad.delete")} onPress={() => onValue(value.slice(0, -1))} />
          )}
        </div>
      ))}
      <div class="pad-row">
        <Button pressed={composing} onPress={() => setComposing(!composing)}>
          {composing ? t("pad.telex.on") : t("pad.telex.off")}
        </Button>
        <button type="button" class="pad-key pad-space" onClick={() => put(" ")}>
          {t("pad.space")}
        </button>
        {prose && SIGNS.map(key)}
        {onDone && (
          <Button kind="primary" onPress={onDone}>
            {t("pad.done")}
          </Button>
        )}
      </div>
      {composing && <p class="pad-help">{t("pad.telex")}</p>}
    </div>
  );
}

/** Ten digits and a way back, large enough for any finger. Digits of a real keyboard work as well. */

import { t } from "../i18n/index.ts";
import { type KeyAction, useKeys } from "../keys.ts";
import { Button } from "./Button.tsx";
import "./PinPad.css";

export interface PinPadProps {
  readonly value: string;
  /** How many digits make it complete. */
  readonly length: number;
  readonly onValue: (value: string) => void;
  /** Called once with the complete number. */
  readonly onComplete?: (value: string) => void;
  /** Show dots instead of digits. */
  readonly secret?: boolean;
  /** Why it cannot be used now. */
  readonly reason?: string | undefined;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** See PinPadProps. */
export function PinPad({ value, length, onValue, onComplete, secret = true, reason }: PinPadProps) {
  const blocked = reason !== undefined;
  const add = (digit: string) => {
    if (blocked || value.length >= length) return;
    const longer = value + digit;
    onValue(longer);
    if (longer.length === length) onComplete?.(longer);
  };
  const back = () => {
    if (!blocked) onValue(value.slice(0, -1));
  };
  const keys: Record<string, KeyAction> = { Backspace: { label: t("pin.delete"), hidden: true, run: back } };
  for (const digit of ["0", ...DIGITS]) keys[digit] = { label: digit, hidden: true, run: () => add(digit) };
  useKeys(keys);

  const key = (digit: string) => (
    <button key={digit} type="button" class="pin-key" aria-disabled={blocked} onClick={() => add(digit)}>
      {digit}
    </button>
  );
  return (
    <div class="pin" role="group" aria-label={t("pin.label")}>
      <div class="pin-shown" role="status" aria-label={t("pin.digits", { n: value.length, of: length })}>
        {Array.from({ length }, (_, index) => (
          <span key={index} class={index < value.length ? "pin-place pin-filled" : "pin-place"} aria-hidden="true">
            {secret || index >= value.length ? "" : value[index]}
          </span>
        ))}
      </div>
      <div class={secret ? "pin-keys pin-secret" : "pin-keys"}>
        {DIGITS.map(key)}
        <Button icon="cross" label={t("pin.clear")} onPress={() => !blocked && onValue("")} />
        {key("0")}
        <Button icon="backspace" label={t("pin.delete")} onPress={back} />
      </div>
      {reason && (
        <p class="pin-reason" role="alert">
          {reason}
        </p>
      )}
    </div>
  );
}

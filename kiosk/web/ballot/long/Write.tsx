/** Writing with a finger: the words, and the pad below them. The whole screen. A keyboard, where there is one, works too. */

import { Button } from "@common/components/Button.tsx";
import { VietnamesePad } from "@common/components/VietnamesePad.tsx";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import "./long.css";

export interface WriteProps {
  /** What it is about. */
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** The next step in words. */
  readonly done: string;
  readonly onDone: () => unknown;
  readonly onBack: () => void;
  /** Longest text, in characters; the server's limit unless said otherwise. */
  readonly most?: number;
}

/** See WriteProps. */
export function Write({ title, label, value, onValue, done, onDone, onBack, most = 2000 }: WriteProps) {
  const words = useRef<HTMLTextAreaElement>(null);
  useEffect(() => words.current?.focus(), []);
  useEffect(() => {
    if (words.current) words.current.scrollTop = words.current.scrollHeight;
  }, [value]);
  return (
    <section class="write" aria-label={label}>
      <header class="write-head">
        <h1>{label}</h1>
        <p>{title}</p>
        <Button onPress={onBack}>{t("write.back")}</Button>
        <Button
          kind="primary"
          reason={value.trim() === "" ? t("write.empty") : undefined}
          reasonHidden
          onPress={onDone}
        >
          {done}
        </Button>
      </header>
      <textarea
        ref={words}
        aria-label={label}
        placeholder={t("write.empty")}
        inputMode="none"
        maxLength={most}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <VietnamesePad value={value} onValue={onValue} most={most} prose />
    </section>
  );
}

/** Pick one of the meeting's people by typing a few letters of the name. */

import { Button } from "@common/components/Button.tsx";
import { TextField } from "@common/components/Field.tsx";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { matches } from "./fold.ts";

/** Somebody to be picked. `more`: what tells namesakes apart. */
export interface WhoIs {
  readonly id: number;
  readonly name: string;
  readonly more: string;
}

const MOST = 6;

interface Props {
  readonly label: string;
  readonly people: readonly WhoIs[];
  readonly who: WhoIs | undefined;
  readonly onWho: (who: WhoIs | undefined) => void;
}

/** See the top of this file. */
export function Who({ label, people, who, onWho }: Props) {
  const [text, setText] = useState("");
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.scrollIntoView({ block: "nearest" }), [text]);
  if (who) {
    return (
      <p class="picked">
        <span>
          <strong>{who.name}</strong> {who.more}
        </span>
        <Button kind="quiet" icon="undo" onPress={() => onWho(undefined)}>
          {t("people.pickOther")}
        </Button>
      </p>
    );
  }
  const found = text.trim() === "" ? [] : people.filter((one) => matches(`${one.name} ${one.more}`, text));
  return (
    <div class="picker">
      <TextField
        label={label}
        value={text}
        onValue={setText}
        input={{ maxLength: 60, placeholder: t("search.placeholder") }}
      />
      <ul ref={list} class="picker-list">
        {found.slice(0, MOST).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              class="pick"
              onClick={() => {
                onWho(one);
                setText("");
              }}
            >
              <strong>{one.name}</strong>
              <small>{one.more}</small>
            </button>
          </li>
        ))}
      </ul>
      {text.trim() !== "" && found.length === 0 && <p class="empty">{t("search.none", { text })}</p>}
      {found.length > MOST && <small class="field-hint">{t("who.more", { n: found.length - MOST })}</small>}
    </div>
  );
}

/** A person of the meeting, found by typing without diacritics: arrows choose, Enter takes. */

import { useState } from "preact/hooks";
import { matches } from "../parts/fold.ts";

interface Named {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly unit: string;
}

interface Props {
  readonly label: string;
  readonly people: readonly Named[];
  readonly onChoose: (id: number) => void;
}

const MOST = 6;

/** See the top of this file. */
export function NameSearch({ label, people, onChoose }: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const shown = text.trim() === "" ? [] : people.filter((one) => matches(one.name, text)).slice(0, MOST);
  const chosen = shown[Math.min(at, shown.length - 1)];
  const take = (one: Named | undefined) => {
    if (one === undefined) return;
    onChoose(one.id);
    setText("");
    setAt(0);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setAt(Math.min(shown.length - 1, Math.max(0, at + by)));
    else if (event.key === "Enter") take(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div class="pv-search">
      <label class="field">
        <span>{label}</span>
        <input
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls="pv-found"
          value={text}
          maxLength={60}
          autocomplete="off"
          onInput={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </label>
      <ul id="pv-found" class="hits" role="listbox" aria-label={label}>
        {shown.map((one) => (
          <li
            key={one.id}
            role="option"
            aria-selected={one === chosen}
            tabIndex={-1}
            class="pv-hit"
            onClick={() => take(one)}
            onKeyDown={() => undefined}
          >
            <strong>{one.name}</strong> <small>{[one.title, one.unit].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

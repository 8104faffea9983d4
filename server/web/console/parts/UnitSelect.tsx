/** Choice of a unit; the tree shows by indentation. */

import { useLoad } from "@common/useLoad.ts";
import { useEffect } from "preact/hooks";
import { type Unit, units } from "../calls/people.ts";

/** Units in tree order with their depth below the topmost one shown. */
export function inTreeOrder(all: readonly Unit[]): readonly (Unit & { readonly depth: number })[] {
  const ids = new Set(all.map((unit) => unit.id));
  const below = (parent: number | null, depth: number): readonly (Unit & { readonly depth: number })[] =>
    all
      .filter((unit) =>
        parent === null ? unit.parent_id === null || !ids.has(unit.parent_id) : unit.parent_id === parent,
      )
      .flatMap((unit) => [{ ...unit, depth }, ...below(unit.id, depth + 1)]);
  return below(null, 0);
}

export interface UnitSelectProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onValue: (id: number) => void;
}

/** See the top of this file. Chooses the first unit by itself. */
export function UnitSelect({ label, value, onValue }: UnitSelectProps) {
  const { data } = useLoad(units, []);
  const tree = inTreeOrder(data?.units ?? []);
  const first = tree[0]?.id;
  useEffect(() => {
    if (value === undefined && first !== undefined) onValue(first);
  }, [first]);
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onValue(Number(event.currentTarget.value))}>
        {tree.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {"  ".repeat(unit.depth) + unit.name}
          </option>
        ))}
      </select>
    </label>
  );
}

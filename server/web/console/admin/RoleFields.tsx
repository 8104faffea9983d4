/** Roles of an account, each at a unit and below it. */

import { Button } from "@common/components/Button.tsx";
import type { RoleAt, Unit } from "../calls/people.ts";
import { t, word } from "../i18n/index.ts";
import { inTreeOrder } from "../parts/UnitSelect.tsx";

/** Roles an account can hold (a delegate sits by invitation and PIN). */
const ROLES = ["administrator", "unit_administrator", "secretary", "chair", "teller", "steward", "technician"] as const;

interface Props {
  readonly roles: readonly RoleAt[];
  readonly onRoles: (roles: readonly RoleAt[]) => void;
  readonly units: readonly Unit[];
  /** Where a new role is proposed. */
  readonly unit: number;
}

/** See the top of this file. */
export function RoleFields({ roles, onRoles, units, unit }: Props) {
  const change = (at: number, next: RoleAt) => onRoles(roles.map((one, index) => (index === at ? next : one)));
  const names = roles.some((one) => one.role === "delegate") ? ([...ROLES, "delegate"] as const) : ROLES;
  return (
    <fieldset class="field">
      <legend>{t("accounts.rolesAt")}</legend>
      {roles.map((one, index) => (
        <div key={`${index}-${one.role}-${one.unit_id}`} class="role-row">
          <select
            aria-label={t("accounts.role")}
            value={one.role}
            onChange={(event) => {
              const role = names.find((name) => name === event.currentTarget.value);
              if (role) change(index, { ...one, role });
            }}
          >
            {names.map((role) => (
              <option key={role} value={role}>
                {word("account", role)}
              </option>
            ))}
          </select>
          <select
            aria-label={t("people.unit")}
            value={one.unit_id}
            onChange={(event) => change(index, { ...one, unit_id: Number(event.currentTarget.value) })}
          >
            {inTreeOrder(units).map((place) => (
              <option key={place.id} value={place.id}>
                {"  ".repeat(place.depth) + place.name}
              </option>
            ))}
          </select>
          <Button
            kind="quiet"
            icon="trash"
            label={t("form.remove")}
            onPress={() => onRoles(roles.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button icon="plus" onPress={() => onRoles([...roles, { role: "steward", unit_id: unit }])}>
          {t("accounts.addRole")}
        </Button>
      </div>
    </fieldset>
  );
}

/** Accounts with a role at a unit or below it: add, disable, unlock, new password, roles. */

import { asProblem, fieldText, type Problem } from "@common/api/index.ts";
import { Button } from "@common/components/Button.tsx";
import { Dialog } from "@common/components/Dialog.tsx";
import { TextField } from "@common/components/Field.tsx";
import { ProblemNotice } from "@common/components/Toast.tsx";
import { useLoad } from "@common/useLoad.ts";
import { useState } from "preact/hooks";
import {
  type Account,
  type AccountChange,
  accounts,
  addAccount,
  changeAccount,
  type RoleAt,
  units,
} from "../calls/people.ts";
import { formatClock, t, word } from "../i18n/index.ts";
import { ask } from "../parts/Ask.tsx";
import { act } from "../parts/act.ts";
import { UnitSelect } from "../parts/UnitSelect.tsx";
import { RoleFields } from "./RoleFields.tsx";

/** The password that is shown once. */
function Once({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  return (
    <Dialog
      title={t("accounts.once", { name: account.name })}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t("action.close")}</Button>}
    >
      <p>{t("accounts.once.help")}</p>
      <p class="once-code mono">{account.password}</p>
    </Dialog>
  );
}

interface SheetProps {
  readonly unit: number;
  readonly one: Account | undefined;
  readonly onDone: (account: Account) => void;
  readonly onClose: () => void;
}

function AccountSheet({ unit, one, onDone, onClose }: SheetProps) {
  const [name, setName] = useState(one?.name ?? "");
  const [shown, setShown] = useState(one?.display_name ?? "");
  const [roles, setRoles] = useState<readonly RoleAt[]>(one?.roles ?? [{ role: "secretary", unit_id: unit }]);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const all = useLoad(units, []).data?.units ?? [];
  const empty = name.trim() === "" || shown.trim() === "";
  const reason =
    one === undefined && empty ? t("form.required") : roles.length === 0 ? t("accounts.noRole") : undefined;
  const save = async () => {
    try {
      const body = { name: name.trim(), display_name: shown.trim(), roles };
      onDone(await (one ? changeAccount(unit, one.id, { roles }) : addAccount(unit, body)));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <Dialog
      wide
      title={one ? t("accounts.roles", { name: one.name }) : t("accounts.add")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" onPress={save} reason={reason}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      {one === undefined && (
        <div class="form-row">
          <TextField
            label={t("accounts.name")}
            hint={t("accounts.name.help")}
            value={name}
            onValue={setName}
            error={fieldText(problem, "name")}
            input={{ maxLength: 60, autofocus: true, autocapitalize: "none" }}
          />
          <TextField
            label={t("people.name")}
            value={shown}
            onValue={setShown}
            error={fieldText(problem, "display_name")}
            input={{ maxLength: 120 }}
          />
        </div>
      )}
      <RoleFields roles={roles} onRoles={setRoles} units={all} unit={unit} />
    </Dialog>
  );
}

function state(one: Account): string {
  if (one.disabled) return t("accounts.disabled");
  if (one.locked_until_ms !== null) return t("accounts.locked", { time: formatClock(one.locked_until_ms) });
  return one.must_change_password ? t("accounts.fresh") : t("accounts.active");
}

interface RowProps {
  readonly one: Account;
  readonly onChange: (change: AccountChange) => Promise<unknown>;
  readonly onRoles: () => void;
}

function Row({ one, onChange, onRoles }: RowProps) {
  const reset = () =>
    ask({
      title: t("accounts.reset.title", { name: one.name }),
      says: [t("accounts.reset.says")],
      action: t("accounts.reset"),
      key: "l",
      run: () => onChange({ reset_password: true }),
    });
  const toggle = () =>
    ask({
      title: one.disabled
        ? t("accounts.enable.title", { name: one.name })
        : t("accounts.disable.title", { name: one.name }),
      says: [one.disabled ? t("accounts.enable.says") : t("accounts.disable.says")],
      action: one.disabled ? t("accounts.enable") : t("accounts.disable"),
      key: "n",
      danger: !one.disabled,
      run: () => onChange({ disabled: !one.disabled }),
    });
  return (
    <tr>
      <td>
        <strong>{one.name}</strong>
        <small>{one.display_name}</small>
      </td>
      <td>{[...new Set(one.roles.map((at) => word("account", at.role)))].join(", ")}</td>
      <td>{state(one)}</td>
      <td class="row-actions">
        {one.locked_until_ms !== null && (
          <Button kind="quiet" icon="lock" onPress={() => onChange({ unlock: true })}>
            {t("accounts.unlock")}
          </Button>
        )}
        <Button kind="quiet" onPress={onRoles}>
          {t("accounts.roles.short")}
        </Button>
        <Button kind="quiet" onPress={reset}>
          {t("accounts.reset")}
        </Button>
        <Button kind="quiet" onPress={toggle}>
          {one.disabled ? t("accounts.enable") : t("accounts.disable")}
        </Button>
      </td>
    </tr>
  );
}

/** See the top of this file. */
export function Accounts() {
  const [unit, setUnit] = useState<number | undefined>(undefined);
  const [edited, edit] = useState<Account | "new" | undefined>(undefined);
  const [made, setMade] = useState<Account | undefined>(undefined);
  const load = async () => (unit === undefined ? { accounts: [] } : accounts(unit));
  const { data, problem, reload } = useLoad(load, [unit]);
  const done = (account: Account) => {
    edit(undefined);
    if (account.password) setMade(account);
    reload();
  };
  return (
    <section class="persons">
      <div class="toolbar">
        <UnitSelect label={t("accounts.at")} value={unit} onValue={setUnit} />
        <Button kind="primary" icon="plus" onPress={() => edit("new")}>
          {t("accounts.add")}
        </Button>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {data?.accounts.length === 0 && <p class="empty">{t("accounts.none")}</p>}
      <table class="table">
        <tbody>
          {data?.accounts.map((one) => (
            <Row
              key={one.id}
              one={one}
              onRoles={() => edit(one)}
              onChange={(change) => act(changeAccount(unit ?? 0, one.id, change).then(done), () => t("form.saved"))}
            />
          ))}
        </tbody>
      </table>
      {edited && unit !== undefined && (
        <AccountSheet
          unit={unit}
          one={edited === "new" ? undefined : edited}
          onDone={done}
          onClose={() => edit(undefined)}
        />
      )}
      {made && <Once account={made} onClose={() => setMade(undefined)} />}
    </section>
  );
}

/** The key map: `?` shows every key that works now. */

import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { type Keys, keyGroups, keyMapShown, useKeys } from "../keys.ts";
import { Button } from "./Button.tsx";
import "./KeyMap.css";

const SYMBOLS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Enter: "↵",
};

/** A key as it is printed on a keyboard. */
export function keyLabel(name: string): string {
  const parts = name.split(/\+(?=.)/);
  const key = parts.pop() ?? "";
  const shown = key === " " ? t("keys.space") : (SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return [...parts, shown].join(" ");
}

function Group({ title, keys }: { readonly title: string | undefined; readonly keys: Keys }) {
  const rows = Object.entries(keys).filter(([, action]) => action.hidden !== true);
  if (rows.length === 0) return null;
  return (
    <section>
      {title && <h3>{title}</h3>}
      <dl>
        {rows.map(([name, action]) => (
          <div key={name} class="key-row">
            <dt>
              <kbd>{keyLabel(name)}</kbd>
            </dt>
            <dd>
              {action.label}
              {action.reason && <small>{action.reason}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A row of keys for the bottom of a cockpit: what works now, most inward first. */
export function KeyBar({ most = 8 }: { readonly most?: number }) {
  const rows = keyGroups()
    .flatMap((group) => Object.entries(group.keys))
    .filter(([, action]) => action.hidden !== true && action.reason === undefined)
    .slice(0, most);
  return (
    <footer class="key-bar">
      {rows.map(([name, action]) => (
        <span key={name}>
          <kbd>{keyLabel(name)}</kbd> {action.label}
        </span>
      ))}
      <span>
        <kbd>{keyLabel("?")}</kbd> {t("keys.show")}
      </span>
    </footer>
  );
}

/** The overlay. `mount` puts it on every surface. */
export function KeyMap() {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = keyMapShown.value;
  const close = () => {
    keyMapShown.value = false;
  };
  useKeys({
    "?": {
      label: t("keys.show"),
      hidden: true,
      run: () => {
        keyMapShown.value = !keyMapShown.value;
      },
    },
  });
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  const groups = keyGroups().filter((group) => Object.values(group.keys).some((action) => action.hidden !== true));
  return (
    <dialog ref={dialog} class="key-map" aria-label={t("keys.title")} onClose={close}>
      {shown && (
        <>
          <header>
            <h2>{t("keys.title")}</h2>
            <Button kind="quiet" icon="cross" label={t("action.close")} onPress={close} />
          </header>
          {groups.length === 0 && <p>{t("keys.none")}</p>}
          <div class="key-groups">
            {groups.map((group, index) => (
              <Group key={group.title ?? index} {...group} />
            ))}
          </div>
        </>
      )}
    </dialog>
  );
}

/** A question before something public or irreversible: what will happen, in words, and a second, different key. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { type Keys, useKeys } from "../keys.ts";
import { Button } from "./Button.tsx";
import "./Dialog.css";
import { keyLabel } from "./KeyMap.tsx";

export interface DialogProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly onClose: () => void;
  /** Buttons at the bottom. */
  readonly actions?: ComponentChildren;
  /** Keys that work while it is open; no others do. */
  readonly keys?: Keys;
  /** Wide enough for a form with columns. */
  readonly wide?: boolean;
}

/** A modal box. Mount it to open it, unmount it to close it. Escape closes; the focus returns where it was. */
export function Dialog({ title, children, onClose, actions, keys, wide = false }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const close = { label: t("action.close"), hidden: true, inFields: true, run: onClose };
  useKeys({ Escape: close, ...keys }, { alone: true, title });
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? "dialog dialog-wide" : "dialog"}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault(); // the owner decides, by unmounting
        onClose();
      }}
    >
      <h2>{title}</h2>
      <div class="dialog-body">{children}</div>
      {actions && <div class="dialog-actions">{actions}</div>}
    </dialog>
  );
}

export interface ConfirmProps {
  readonly title: string;
  /** What happens then, who sees it, and whether it can be undone. */
  readonly consequence: ComponentChildren;
  /** The verb of the act: "Đóng biểu quyết". */
  readonly action: string;
  /** The key that confirms. Another than the one that asked, and never Enter or Space. */
  readonly confirmKey: string;
  readonly danger?: boolean;
  readonly reason?: string | undefined;
  /** A promise keeps the button busy; close the dialog yourself when it is done. */
  readonly onConfirm: () => unknown;
  readonly onCancel: () => void;
}

/** The question. The focus stands on "cancel", so that a stray Enter changes nothing. */
export function Confirm(props: ConfirmProps) {
  const { title, consequence, action, confirmKey, reason, onConfirm, onCancel } = props;
  const doing = useRef(false);
  const once = async () => {
    if (doing.current) return; // key and button, or a nervous finger
    doing.current = true;
    try {
      await onConfirm();
    } finally {
      doing.current = false;
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onCancel}
      keys={{ [confirmKey]: { label: action, reason, run: () => void once() } }}
      actions={
        <>
          <Button autoFocus onPress={onCancel}>
            {t("action.cancel")}
          </Button>
          <Button kind={props.danger ? "danger" : "primary"} hint={keyLabel(confirmKey)} reason={reason} onPress={once}>
            {action}
          </Button>
        </>
      }
    >
      <div>{consequence}</div>
      <p class="dialog-keys">{t("dialog.press", { key: keyLabel(confirmKey) })}</p>
    </Dialog>
  );
}

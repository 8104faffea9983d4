/** A button. When it is disabled it says why: `reason` stands below it and is read out with it. */

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import "./Button.css";
import { Icon, type IconName } from "./Icon.tsx";

export interface ButtonProps {
  readonly children?: ComponentChildren;
  /** primary: the one next step. danger: destructive or public. quiet: everything else in a row of tools. */
  readonly kind?: "primary" | "normal" | "danger" | "quiet";
  readonly size?: "normal" | "large";
  readonly icon?: IconName;
  /** Spoken name when there is only an icon. */
  readonly label?: string;
  /** Called on click, touch, Enter and Space. A promise keeps the button busy until it settles. */
  readonly onPress?: () => unknown;
  /** Why it cannot be pressed now. A text disables the button; undefined lets it work. */
  readonly reason?: string | undefined;
  /** Say the reason without showing it, where the screen shows it elsewhere. */
  readonly reasonHidden?: boolean;
  /** For toggles. */
  readonly pressed?: boolean;
  /** The key that does the same, shown beside the text. */
  readonly hint?: string;
  readonly type?: "button" | "submit";
  readonly class?: string;
  readonly autoFocus?: boolean;
  readonly wide?: boolean;
}

const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(" ");

/** See ButtonProps. A disabled button stays focusable, so that its reason can be reached by keyboard and reader. */
export function Button(props: ButtonProps) {
  const { kind = "normal", size = "normal", icon, reason, type = "button" } = props;
  const id = useId();
  const [busy, setBusy] = useState(false);
  const blocked = reason !== undefined;

  const press = (event: Event) => {
    if (blocked || busy) {
      event.preventDefault(); // also keeps a submit button from submitting
      return;
    }
    const doing = props.onPress?.();
    if (doing instanceof Promise) {
      setBusy(true);
      void doing.finally(() => setBusy(false));
    }
  };

  return (
    <span class={classes("button-box", props.wide && "button-box-wide", props.class)}>
      <button
        type={type}
        class={classes(
          "button",
          `button-${kind}`,
          size === "large" && "button-large",
          !props.children && "button-icon",
        )}
        aria-disabled={blocked || busy}
        aria-busy={busy}
        aria-label={props.label}
        aria-pressed={props.pressed}
        aria-describedby={blocked ? id : undefined}
        autofocus={props.autoFocus}
        onClick={press}
      >
        {icon && <Icon name={icon} />}
        {props.children && <span class="button-text">{props.children}</span>}
        {props.hint && <kbd class="button-hint">{props.hint}</kbd>}
      </button>
      {blocked && (
        <span id={id} class={props.reasonHidden ? "visually-hidden" : "button-reason"}>
          {reason}
        </span>
      )}
    </span>
  );
}

/** A panel over the whole seat: one thing at a time. Esc or the cross closes it. */

import { Button } from "@common/components/Button.tsx";
import { t as common } from "@common/i18n/index.ts";
import { useKeys } from "@common/keys.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./sheet.css";

export interface SheetProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}

/** See SheetProps. The focus goes to its heading and comes back when it closes. */
export function Sheet({ title, children, onClose }: SheetProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useKeys({ Escape: { label: common("action.close"), run: onClose, inFields: true } }, { title, alone: true });
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return (
    <section class="sheet" role="dialog" aria-modal="true" aria-label={title}>
      <header class="sheet-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <Button icon="cross" onPress={onClose}>
          {common("action.close")}
        </Button>
      </header>
      <div class="sheet-body">{children}</div>
    </section>
  );
}

/** One scene gives way to the next within 200 ms; nothing moves. What changes inside a scene does not fade. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const FADE_MS = 200;

interface Layer {
  readonly name: string;
  readonly children: ComponentChildren;
}

/** `name` says which scene it is; another name fades. */
export function CrossFade({ name, children }: Layer) {
  const before = useRef<Layer>({ name, children });
  const [leaving, setLeaving] = useState<Layer>();
  const last = before.current;
  useEffect(() => {
    before.current = { name, children };
  });
  useEffect(() => {
    if (last.name === name) return undefined;
    setLeaving(last);
    const timer = setTimeout(() => setLeaving(undefined), FADE_MS);
    return () => clearTimeout(timer);
  }, [name]);
  return (
    <div class="fade">
      <div key={name} class="fade-layer fade-in">
        {children}
      </div>
      {leaving && leaving.name !== name && (
        <div key={leaving.name} class="fade-layer fade-out" aria-hidden="true">
          {leaving.children}
        </div>
      )}
    </div>
  );
}

// @vitest-environment happy-dom
/** Public and irreversible acts want a second, different key. */

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Button } from "../../server/web/common/components/Button.tsx";
import { Confirm } from "../../server/web/common/components/Dialog.tsx";
import { KeyMap } from "../../server/web/common/components/KeyMap.tsx";
import { useKeys } from "../../server/web/common/keys.ts";

let place: HTMLElement;

beforeEach(() => {
  place = document.createElement("div");
  document.body.append(place);
});

afterEach(() => {
  act(() => render(null, place));
  place.remove();
});

function press(key: string, more: KeyboardEventInit = {}): void {
  act(() => {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, ...more }),
    );
  });
}

interface ScreenProps {
  readonly open: () => void;
  readonly confirm: () => unknown;
  readonly cancel: () => void;
  readonly asking: boolean;
}

function Screen({ open, confirm, cancel, asking }: ScreenProps) {
  useKeys({ v: { label: "open", run: open } });
  return asking ? (
    <Confirm title="?" consequence="!" action="+" confirmKey="m" onConfirm={confirm} onCancel={cancel} />
  ) : null;
}

function show(asking: boolean, confirm: () => unknown = () => undefined) {
  const calls = { open: vi.fn(), confirm: vi.fn(confirm), cancel: vi.fn(), asking };
  act(() => render(<Screen {...calls} />, place));
  return calls;
}

test("while the question stands, only its own keys work", () => {
  const calls = show(true);
  press("v");
  expect(calls.open).not.toHaveBeenCalled();
  press("m");
  expect(calls.confirm).toHaveBeenCalledTimes(1);
});

test("the focus stands on the way back, and Escape takes it", () => {
  const calls = show(true);
  press("Escape");
  expect(calls.cancel).toHaveBeenCalledTimes(1);
  expect(calls.confirm).not.toHaveBeenCalled();
});

test("a second press while the act is under way does nothing", () => {
  const calls = show(true, () => new Promise(() => undefined));
  press("m");
  press("m");
  expect(calls.confirm).toHaveBeenCalledTimes(1);
});

test("a key held down acts once", () => {
  const calls = show(false);
  press("v");
  press("v", { repeat: true });
  expect(calls.open).toHaveBeenCalledTimes(1);
});

test("a key does nothing while somebody writes in a field, or reads the key map", () => {
  const calls = show(false);
  const field = document.createElement("input");
  place.append(field);
  field.focus();
  press("v");
  field.remove();
  expect(calls.open).not.toHaveBeenCalled();
  const map = document.createElement("div");
  document.body.append(map);
  act(() => render(<KeyMap />, map));
  press("?", { shiftKey: true });
  press("v");
  expect(calls.open).not.toHaveBeenCalled();
  press("?", { shiftKey: true });
  press("v");
  expect(calls.open).toHaveBeenCalledTimes(1);
  act(() => render(null, map));
  map.remove();
});

test("a disabled button says why, stays reachable, and does nothing", () => {
  const pressed = vi.fn();
  const reason = ["not", "yet"].join(" ");
  act(() => render(<Button onPress={pressed} reason={reason} label="vote" />, place));
  const button = place.querySelector("button");
  button?.click();
  expect(pressed).not.toHaveBeenCalled();
  expect(button?.getAttribute("aria-disabled")).toBe("true");
  expect(button?.disabled).toBe(false);
  const words = document.getElementById(button?.getAttribute("aria-describedby") ?? "");
  expect(words?.textContent).toBe("not yet");
});

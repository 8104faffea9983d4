/** What the cockpit decides by itself: addresses, the current and the next item, the most urgent vote, folded search. */

import { describe, expect, it, test } from "vitest";
import { matches } from "../../server/web/console/parts/fold.ts";
import { href, parseRoute } from "../../server/web/console/router.ts";
import { elapsed } from "../../server/web/console/run/Now.tsx";
import { mostUrgent } from "../../server/web/console/run/polls.ts";
import type { Poll } from "../../server/web/console/shapes.ts";

test.each(["#/", "#/new-meeting", "#/meetings/7/run", "#/meetings/7/prepare/motions", "#/admin/journal"])(
  "the address %s leads to a page and back",
  (address) => {
    expect(href(parseRoute(address))).toBe(address);
  },
);

test.each(["#/meetings/x/run", "#/meetings/7/prepare/nothing", "#/admin/secrets", "#/elsewhere"])(
  "the address %s leads nowhere",
  (address) => {
    expect(parseRoute(address).page).toBe("unknown");
  },
);

test("an open vote comes first, then one to publish, then one to open", () => {
  const poll = (id: number, state: string) => ({ id, state }) as Poll;
  const polls = [poll(1, "published"), poll(2, "draft"), poll(3, "closed"), poll(4, "open")];
  expect(mostUrgent(polls)?.id).toBe(4);
  expect(mostUrgent(polls.slice(0, 3))?.id).toBe(3);
  expect(mostUrgent(polls.slice(0, 2))?.id).toBe(2);
});

test("names are found without diacritics, in any order of words", () => {
  expect(matches("Đỗ Thị Bích", "bich do")).toBe(true);
  expect(matches("Đỗ Thị Bích", "BÍCH")).toBe(true);
  expect(matches("Đỗ Thị Bích", "binh")).toBe(false);
});

describe("the clock of an item", () => {
  const item = { started_ms: 1_000_000, paused_ms: 60_000 };

  it("runs while the meeting sits, without the pauses that are over", () => {
    expect(elapsed(item, { state: "in_session", state_since_ms: 1_200_000 }, 1_300_000)).toBe(240_000);
  });

  it("stands in a pause where the pause began", () => {
    expect(elapsed(item, { state: "paused", state_since_ms: 1_200_000 }, 1_900_000)).toBe(140_000);
  });

  it("is never negative", () => {
    expect(elapsed(item, undefined, 999_000)).toBe(0);
  });
});

/** A paper of the conference's host at a seat: it is read by its own address, and leaves the screen with the sharing. */

import type { SharedView } from "@common/types.gen.ts";
import { afterEach, expect, test } from "vitest";
import { forgetReading, read, shownPage } from "../../kiosk/web/room/reading.ts";
import { pageAddress } from "../../server/web/common/components/PageImage.tsx";

const PAPER = { version_id: 7, number: "2", title: "Báo cáo", pages: 6 };
const shared = (papers: SharedView["papers"]): SharedView => ({
  conference: "Hội nghị",
  agenda: [],
  papers,
  page: null,
});

afterEach(forgetReading);

test("a shared paper is shown with its title, at the page that was opened", () => {
  read({ version: 7, page: 3, relayed: true });
  expect(shownPage(undefined, null, shared([PAPER]))).toEqual({
    version: 7,
    page: 3,
    relayed: true,
    title: "Báo cáo",
    pages: 6,
  });
});

test("what is no longer shared leaves the screen at once", () => {
  read({ version: 7, page: 3, relayed: true });
  expect(shownPage(undefined, null, shared([]))).toBeUndefined();
  expect(shownPage(undefined, null, undefined)).toBeUndefined();
});

test("a paper of the room's own with the same number is another paper", () => {
  read({ version: 7, page: 1 });
  expect(shownPage({ items: [] }, null, shared([PAPER]))).toBeUndefined();
});

test("its pictures come from the relay's address, in the room's own meeting", () => {
  expect(pageAddress({ meeting: 4, version: 7, relayed: true }, 3)).toContain("/api/meetings/4/relay/pages/7/3.webp");
  expect(pageAddress({ meeting: 4, version: 7 }, 3)).toContain("/api/meetings/4/pages/7/3.webp");
});

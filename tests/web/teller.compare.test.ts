/** What can be said of a difference, and which one comes next. */

import type { BallotReading, DifferenceView } from "@common/types.gen.ts";
import { expect, test } from "vitest";
import { inOrder } from "../../server/web/teller/choose/order.ts";
import { nextOpen, optionsOf, settleBody } from "../../server/web/teller/compare/values.ts";
import type { Form, Kind } from "../../server/web/teller/entry/marks.ts";

const marks = (text: string): BallotReading => ({ marks: text, invalid: null, absent: false });
const invalid = (why: string): BallotReading => ({ marks: null, invalid: why, absent: false });
const absent: BallotReading = { marks: null, invalid: null, absent: true };
const form = (kind: Kind): Form => ({ kind, seats: 4, lines: 5, ignored: new Set() });

function difference(line: number, values: BallotReading[], more: Partial<DifferenceView> = {}): DifferenceView {
  return {
    id: 1,
    ballot: 12,
    line,
    kind: line > 0 ? "line" : "ballot",
    name: "",
    note: "",
    opened_by: "",
    opened_by_id: null,
    pending: false,
    reason: "",
    seconded_by: "",
    settled: null,
    settled_by: "",
    settled_ms: null,
    values,
    ...more,
  };
}

const keys = (of: DifferenceView, kind: Kind) =>
  optionsOf(of, form(kind)).map((one) => `${one.keys.join("")}=${one.reading.marks ?? one.reading.invalid ?? "-"}`);

test("a station's number says what that station read; every other mark of the form has a letter", () => {
  expect(keys(difference(3, [marks("k"), marks("s"), marks("k")]), "election_surplus")).toEqual(["13=k", "2=s"]);
  expect(keys(difference(3, [marks("f"), marks("f"), marks("b")]), "election_no_surplus")).toEqual([
    "12=f",
    "3=b",
    "a=a",
    "b=n",
  ]);
});

test("of a whole ballot every category and its absence can be said, each once", () => {
  const found = keys(difference(0, [marks("kkkks"), invalid("other"), absent]), "election_surplus");
  expect(found).toEqual(["1=kkkks", "2=other", "3=-", "a=not_issued", "b=too_many", "c=nobody", "d=other_names"]);
  expect(new Set(found.map((one) => one.split("=")[0])).size).toBe(found.length);
});

test("the server is told exactly one of marks, category and absence", () => {
  expect(settleBody(marks("k"), "Đã xem")).toEqual({ marks: "k", note: "Đã xem" });
  expect(settleBody(invalid("nobody"), "Đã xem")).toEqual({ invalid: "nobody", note: "Đã xem" });
  expect(settleBody(absent, "Đã xem")).toEqual({ absent: true, note: "Đã xem" });
});

test("after one is settled the next open one comes, then those before it, never one that waits for a second", () => {
  const values = [marks("k"), marks("s"), marks("k")];
  const list = [
    difference(1, values, { id: 1 }),
    difference(2, values, { id: 2, settled: marks("k") }),
    difference(3, values, { id: 3, pending: true }),
    difference(4, values, { id: 4 }),
  ];
  expect(nextOpen(list, 1)?.id).toBe(4);
  expect(nextOpen(list, 4)?.id).toBe(1);
  expect(nextOpen(list.slice(0, 3), 1)).toBeUndefined();
});

test("a vote that waits for its count stands before those that are counted", () => {
  const votes = ["published", "draft", "issued", "annulled", "closed", "counting"].map((state, id) => ({ id, state }));
  expect(inOrder(votes).map((vote) => vote.state)).toEqual([
    "issued",
    "counting",
    "published",
    "closed",
    "draft",
    "annulled",
  ]);
});

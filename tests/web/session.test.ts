import { expect, test } from "vitest";
import { surfaceOf, wantedNext, wantedSurface } from "../../server/web/sign-in/session.ts";

const ORIGIN = "http://room.local:8080";

test("after sign-in nobody is led to another site", () => {
  for (const next of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
  ]) {
    expect([next, wantedNext(`?next=${encodeURIComponent(next)}`, ORIGIN)]).toEqual([next, undefined]);
  }
  expect(wantedNext("?next=%2Fconsole%2F%3Fmeeting%3D7%23vote", ORIGIN)).toBe("/console/?meeting=7#vote");
  expect(wantedNext("", ORIGIN)).toBeUndefined();
});

test("the session is for the surface that was asked for, the console unless said otherwise", () => {
  expect(wantedSurface("?surface=door")).toBe("door");
  expect(wantedSurface("?surface=attic")).toBe("console");
  expect(wantedSurface("")).toBe("console");
});

test("a landing address belongs to its surface", () => {
  expect(surfaceOf("/door/")).toBe("door");
  expect(surfaceOf("/console/?meeting=7")).toBe("console");
  expect(surfaceOf("/doormat/")).toBeUndefined();
});

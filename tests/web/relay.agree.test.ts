/** TURN servers come with the answer, and none is asked that was not in it. */

import { expect, test } from "vitest";
import { iceServersOf } from "../../server/web/common/whep/agree.ts";

const LINK =
  '<turn:10.0.0.5:3478?transport=udp>; rel="ice-server"; username="1:site-2"; credential="a=+/"; credential-type="password", ' +
  '<turns:10.0.0.5:443>; rel="ice-server"; username="1:site-2"; credential="b"; credential-type="password"';

test("Link headers become the browser's ICE servers", () => {
  expect(iceServersOf(LINK)).toEqual([
    { urls: "turn:10.0.0.5:3478?transport=udp", username: "1:site-2", credential: "a=+/" },
    { urls: "turns:10.0.0.5:443", username: "1:site-2", credential: "b" },
  ]);
});

test("what is no TURN server of the house is left out", () => {
  expect(iceServersOf(null)).toEqual([]);
  expect(iceServersOf('<stun:stun.example.org>; rel="ice-server", <https://x/>; rel="next"')).toEqual([]);
});

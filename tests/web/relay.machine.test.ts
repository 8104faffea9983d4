/** A viewing of the relay comes back by itself, whatever stops its pictures. */

import { expect, test } from "vitest";
import { ownProblem } from "../../server/web/common/api/problem.ts";
import {
  ANSWER_MS,
  CLOSED,
  type Deed,
  GIVE_UP_MS,
  type Happened,
  JOIN_MS,
  next,
  pauseBefore,
  STALLED_MS,
  STEADY_MS,
  type State,
} from "../../server/web/common/whep/machine.ts";

/** One viewing on a clock that the test moves. */
class Tried {
  state: State = CLOSED;
  now = 1_000;
  deeds: Deed[] = [];

  happens(...all: (Happened | Happened["what"])[]): this {
    for (const one of all) {
      const happened = typeof one === "string" ? ({ what: one } as Happened) : one;
      const step = next(this.state, happened, this.now, 0.5);
      this.state = step.state;
      this.deeds.push(...step.deeds);
    }
    return this;
  }

  /** Time goes on in ticks of 250 ms; `comes` happens at each of them. */
  passes(ms: number, ...comes: Happened["what"][]): this {
    for (let spent = 0; spent < ms; spent += 250) {
      this.now += 250;
      this.happens(...comes, "tick");
    }
    return this;
  }

  playing(): this {
    this.happens("open", "answered", "picture");
    this.deeds = [];
    return this;
  }
}

const refused = (status: number): Happened => ({
  what: "refused",
  problem: { ...ownProblem("offline", status), code: "relay_not_running" },
});

test("it offers at once, joins, and plays with the first picture", () => {
  const tried = new Tried().happens("open");
  expect(tried.state.phase).toBe("offering");
  expect(tried.deeds).toEqual(["offer"]);
  expect(tried.happens("answered").state.phase).toBe("joining");
  expect(tried.happens("picture").state).toMatchObject({ phase: "playing", pictureAt: 1_000 });
});

test("a change of source is short and changes nothing; a longer stop is said, and heals by itself", () => {
  const tried = new Tried().playing().passes(STALLED_MS);
  expect(tried.state.phase).toBe("playing");
  expect(tried.passes(250).state.phase).toBe("stalled");
  expect(tried.happens("picture").state.phase).toBe("playing");
  expect(tried.deeds).toEqual([]);
});

test("without pictures and sound it hangs up and makes a new connection", () => {
  const tried = new Tried().playing().passes(GIVE_UP_MS + 250);
  expect(tried.state.phase).toBe("waiting");
  expect(tried.deeds).toEqual(["hangUp"]);
  expect(tried.passes(500).state.phase).toBe("offering");
  expect(tried.deeds).toEqual(["hangUp", "offer"]);
});

test("a line that carries sound only is not torn down", () => {
  const tried = new Tried().playing().passes(20_000, "sound");
  expect(tried.state.phase).toBe("listening");
  expect(tried.deeds).toEqual([]);
  expect(tried.happens("picture").state.phase).toBe("playing");
  const mute = new Tried().happens("open", "answered").passes(JOIN_MS, "sound");
  expect(mute.state.phase).toBe("listening");
  expect(mute.passes(GIVE_UP_MS + 250).state.phase).toBe("waiting");
});

test("an offer nobody answers and an answer without pictures end in another attempt", () => {
  expect(new Tried().happens("open").passes(ANSWER_MS + 250).state.phase).toBe("waiting");
  expect(new Tried().happens("open", "answered").passes(JOIN_MS + 250).state.phase).toBe("waiting");
});

test("attempts come later and later, up to a limit, and start afresh once pictures ran steadily", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map((tries) => pauseBefore(tries, false, 1));
  expect(pauses).toEqual([300, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  expect(pauseBefore(4, false, 0)).toBe(2_000); // half of it at least, so that viewers spread
  const tried = new Tried().happens("open").passes(60_000);
  expect(tried.state.tries).toBeGreaterThan(2);
  while (tried.state.phase !== "offering") tried.passes(250);
  tried.happens("answered", "picture");
  expect(tried.state.tries).toBeGreaterThan(2); // one picture is no proof
  expect(tried.passes(STEADY_MS + 250, "picture").state.tries).toBe(0);
});

test("a refusal is kept to be shown, and is asked again slowly, unless the screen hears that it may come", () => {
  const tried = new Tried().happens("open", refused(404));
  expect(tried.state).toMatchObject({ phase: "waiting", problem: { code: "relay_not_running" } });
  expect(tried.passes(5_000).state.phase).toBe("waiting");
  expect(tried.happens("again").state.phase).toBe("offering");
  const away = new Tried().happens("open", refused(503));
  expect(away.passes(500).state.phase).toBe("offering"); // a server that starts again is asked soon
});

test("what comes too late is ignored", () => {
  const tried = new Tried().playing().happens("close");
  expect(tried.deeds).toEqual(["hangUp"]);
  tried.happens("picture", "sound", "lost", "answered", "tick", refused(404), "close");
  expect(tried.state.phase).toBe("closed");
  expect(tried.deeds).toEqual(["hangUp"]);
});

test("the moment of the last picture outlives the connection that brought it", () => {
  const tried = new Tried().playing();
  const at = tried.now;
  tried.passes(GIVE_UP_MS + 3_000);
  expect(tried.state.pictureAt).toBe(at);
  expect(tried.happens("lost").state.pictureAt).toBe(at);
});

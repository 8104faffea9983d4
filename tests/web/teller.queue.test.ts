/** Ballots on their way to the server, against a real HTTP server in this process that loses answers. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EntryQueue } from "../../server/web/teller/entry/queue.ts";

interface Sent {
  readonly number: number;
  readonly marks?: string;
  readonly invalid?: string;
}

type Answer = "ok" | "lose" | "refuse" | "hold";

let seen: { key: string; ballots: readonly Sent[] }[] = [];
let answers: Answer[] = [];
let path = "";
let close: () => void = () => undefined;
let letGo: () => void = () => undefined;
let queues: EntryQueue[] = [];
const stored = new Map<string, string>();

const REFUSED = { code: "paper_number_beyond", status: 422, detail: "Phiếu vượt số phát ra.", next: "Đếm lại." };

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const { ballots } = JSON.parse(text) as { ballots: Sent[] };
  seen.push({ key: String(request.headers["idempotency-key"]), ballots });
  const answer = answers.shift() ?? "ok";
  if (answer === "lose") request.socket.destroy();
  else if (answer === "refuse") response.writeHead(422).end(JSON.stringify(REFUSED));
  else {
    if (answer === "hold") await new Promise<void>((done) => (letGo = done));
    const body = {
      station: 1,
      entered: 1,
      highest: 1,
      ballots: ballots.map(({ number }) => ({ number, judged: null })),
    };
    response.writeHead(200).end(JSON.stringify(body));
  }
}

beforeEach(async () => {
  seen = [];
  answers = [];
  queues = [];
  stored.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  path = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ballots`;
  close = () => server.close();
});

afterEach(() => {
  for (const queue of queues) queue.stop();
  close();
  vi.unstubAllGlobals();
});

function open(): EntryQueue {
  const queue = new EntryQueue({ name: "3-1-7", path });
  queues.push(queue);
  return queue;
}

const ballot = (number: number, marks = "kks") => ({ number, marks, invalid: undefined });
const empty = (queue: EntryQueue) => vi.waitFor(() => expect(queue.state.value.waiting).toBe(0), { timeout: 8_000 });

test("a ballot whose answers are lost is sent again with the same key until it is acknowledged", async () => {
  answers = ["lose", "lose"];
  const queue = open();
  queue.add(ballot(1));
  await vi.waitFor(() => expect(queue.state.value.since).toBeDefined());
  await empty(queue);
  expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
  expect(queue.state.value).toEqual({ waiting: 0, since: undefined, problem: undefined, refused: false });
  expect(stored.size).toBe(0);
});

test("what waits survives a reload of the page, and goes on with its key", async () => {
  answers = ["hold"];
  const before = open();
  before.add(ballot(1));
  before.add({ number: 2, marks: "", invalid: "other" });
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  before.stop(); // the page is gone; its request may still arrive
  const after = open();
  expect(after.pending().map(({ number }) => number)).toEqual([1, 2]);
  await empty(after);
  letGo();
  expect(seen[1]?.key).toBe(seen[0]?.key);
  expect(seen.slice(1).flatMap(({ ballots }) => ballots)).toEqual([
    { number: 1, marks: "kks" },
    { number: 2, invalid: "other" },
  ]);
});

test("a correction waits for the answer to the older value, so that the older can never win", async () => {
  answers = ["hold"];
  const queue = open();
  queue.add(ballot(1, "kkk"));
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  queue.add(ballot(1, "ksk"));
  queue.add(ballot(1, "kss"));
  expect(queue.pending()).toEqual([ballot(1, "kss")]);
  letGo();
  await empty(queue);
  expect(seen.map(({ ballots }) => ballots[0]?.marks)).toEqual(["kkk", "kss"]);
});

test("many that wait go fifty at a time", async () => {
  answers = ["hold"];
  const queue = open();
  queue.add(ballot(1));
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  for (let number = 2; number <= 121; number += 1) queue.add(ballot(number));
  letGo();
  await empty(queue);
  expect(seen.map(({ ballots }) => ballots.length)).toEqual([1, 50, 50, 20]);
});

test("one refused ballot holds up no other, and is not lost", async () => {
  answers = ["hold", "refuse", "ok", "refuse"];
  const queue = open();
  queue.add(ballot(1));
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  queue.add(ballot(2));
  queue.add(ballot(3));
  letGo();
  await vi.waitFor(() => expect(queue.state.value.refused).toBe(true));
  expect(queue.pending().map(({ number }) => number)).toEqual([3]);
  expect(queue.state.value.problem?.code).toBe("paper_number_beyond");
  queue.add(ballot(3, "sss")); // corrected
  await empty(queue);
  expect(seen.at(-1)?.ballots).toEqual([{ number: 3, marks: "sss" }]);
});

test("without storage a ballot still arrives", async () => {
  vi.stubGlobal("localStorage", undefined);
  const queue = open();
  queue.add(ballot(1));
  await empty(queue);
  expect(seen).toHaveLength(1);
});

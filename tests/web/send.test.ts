/** Writes that must arrive, against a real HTTP server in this process that loses answers. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { post, problemText, type Refusal, resumeSends, send, sendingFor } from "../../server/web/common/api/index.ts";
import { language } from "../../server/web/common/i18n/index.ts";

interface Seen {
  readonly key: string;
  readonly body: unknown;
  readonly surface: string;
}

type Answer = "ok" | "lose" | "busy" | "closed" | "html";

let seen: Seen[] = [];
let answers: Answer[] = [];
let base = "";
let close: () => void = () => undefined;
const stored = new Map<string, string>();

const CLOSED = {
  type: "/api/docs#refusal-poll_closed",
  title: "closed",
  status: 409,
  code: "poll_closed",
  detail: "Biểu quyết đã kết thúc.",
  detail_en: "The vote is closed.",
  next: "Xem kết quả.",
  next_en: "See the result.",
  params: {},
};

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const key = String(request.headers["idempotency-key"]);
  seen.push({ key, body: JSON.parse(text || "null"), surface: String(request.headers["x-nghisu-surface"]) });
  const answer = answers.shift() ?? "ok";
  if (answer === "lose") request.socket.destroy();
  else if (answer === "busy") response.writeHead(503).end("{}");
  else if (answer === "html") response.writeHead(502).end("<h1>Bad gateway</h1>");
  else if (answer === "closed") response.writeHead(409).end(JSON.stringify(CLOSED));
  else response.writeHead(200).end(JSON.stringify({ number: seen.length }));
}

beforeEach(async () => {
  seen = [];
  answers = [];
  stored.clear();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterEach(() => {
  close();
  vi.unstubAllGlobals();
  language.value = "vi";
});

test("a ballot whose answers are lost is sent again with the same key until it is acknowledged", async () => {
  answers = ["lose", "busy", "html"];
  const sending = send<{ number: number }>("ballot/1", "POST", `${base}/ballots`, { choice: "for" });
  expect(sending.state.value.step).toBe("sending");
  await vi.waitFor(() => expect(sending.state.value.step).toBe("waiting"));
  expect(await sending.settled).toEqual({ step: "done", answer: { number: 4 } });
  expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
  expect(seen[0]?.key).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  expect(stored.size).toBe(0);
});

test("a refusal ends the tries and keeps the server's words in both languages", async () => {
  answers = ["closed"];
  const state = await send("ballot/2", "POST", `${base}/ballots`, { choice: "for" }).settled;
  if (state.step !== "refused") throw new Error(state.step);
  expect(problemText(state.problem)).toEqual({ detail: "Biểu quyết đã kết thúc.", next: "Xem kết quả." });
  language.value = "en";
  expect(problemText(state.problem).detail).toBe("The vote is closed.");
  expect(seen).toHaveLength(1);
});

test("after a reload the same ballot goes on with the same key", async () => {
  const kept = { key: "before-reload-1", method: "POST", path: `${base}/ballots`, body: { choice: "for" } };
  stored.set("nghisu-sending", JSON.stringify([{ ...kept, purpose: "ballot/3", at: Date.now() }]));
  const [resumed] = resumeSends();
  await resumed?.settled;
  expect(seen).toEqual([{ key: "before-reload-1", body: { choice: "for" }, surface: "console" }]);
  expect(sendingFor("ballot/3")?.state.value.step).toBe("done");
});

test("yesterday's unsent write is not sent today", () => {
  const old = { key: "yesterday-1", method: "POST", path: `${base}/ballots`, body: {}, purpose: "ballot/4" };
  stored.set("nghisu-sending", JSON.stringify([{ ...old, at: Date.now() - 86_400_000 }]));
  expect(resumeSends()).toEqual([]);
});

test("a changed ballot replaces the one that is still waiting, and never overtakes it", async () => {
  answers = ["busy"];
  const first = send("ballot/5", "POST", `${base}/ballots`, { choice: "for" });
  const second = send("ballot/5", "POST", `${base}/ballots`, { choice: "against" });
  await second.settled;
  const order = seen.map(({ body }) => (body as { choice: string }).choice);
  expect(order.at(-1)).toBe("against");
  expect(order.lastIndexOf("for")).toBeLessThan(order.indexOf("against"));
  expect((await first.settled).step).toBe("refused");
});

test("an ordinary write is repeated with the same key, a sign-in is not", async () => {
  answers = ["lose"];
  expect(await post(`${base}/items`, { title: "x" })).toEqual({ number: 2 });
  expect(seen[0]?.key).toBe(seen[1]?.key);
  answers = ["lose"];
  const refused = await post(`${base}/sign-in`, {}, { once: true }).catch((error: unknown) => error);
  expect((refused as Refusal).code).toBe("offline");
  expect(seen).toHaveLength(3);
});

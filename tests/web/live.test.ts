/** The line to the server, against a real Socket.IO server in this process. */

import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signal } from "@preact/signals";
import { Server } from "socket.io";
import { afterEach, expect, test, vi } from "vitest";
import { LiveConnection, type LiveOptions } from "../../server/web/common/live/connection.ts";

interface Subscription {
  readonly topic: string;
  readonly version: number;
}

/** A server that greets, remembers what was asked, and pushes what it is told. */
class Room {
  readonly asked: Subscription[][] = [];
  readonly left: string[][] = [];
  epoch = "first";
  build = "b1";
  signedIn = true;
  ahead = 0; // ms by which this server's clock is ahead of ours
  private http: HttpServer | undefined;
  private io: Server | undefined;
  port = 0;

  async open(): Promise<void> {
    const http = createServer();
    const io = new Server(http, { transports: ["websocket"] });
    io.use((_socket, next) => next(this.signedIn ? undefined : new Error("no session")));
    io.on("connection", (socket) => {
      socket.emit("hello", { epoch: this.epoch, build: this.build, now: this.now() });
      socket.on("subscribe", ({ topics }: { topics: Subscription[] }, answer: (said: unknown) => void) => {
        this.asked.push(topics);
        const refused = topics.filter(({ topic }) => topic.includes("secret"));
        answer({ ok: refused.length === 0, refused: refused.map(({ topic }) => ({ topic, code: "forbidden" })) });
      });
      socket.on("unsubscribe", ({ topics }: { topics: string[] }) => this.left.push(topics));
      socket.on("clock", (_said: unknown, answer: (said: unknown) => void) => answer({ now: this.now() }));
    });
    await new Promise<void>((done) => http.listen(this.port, "127.0.0.1", done));
    this.port = (http.address() as AddressInfo).port;
    this.http = http;
    this.io = io;
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  push(topic: string, version: number, data: unknown): void {
    this.io?.emit("topic", { topic, version, data });
  }

  async close(): Promise<void> {
    await this.io?.close();
    this.http?.close();
  }
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openRoom(): Promise<Room> {
  const room = new Room();
  await room.open();
  closing.push(() => room.close());
  return room;
}

function connect(room: Room, options: Partial<LiveOptions> = {}): LiveConnection {
  const live = new LiveConnection({
    surface: "seat",
    build: "b1",
    address: `http://127.0.0.1:${room.port}`,
    ...options,
  });
  closing.push(() => live.stop());
  live.start();
  return live;
}

const AGENDA = "meeting/7/agenda";
const until = (check: () => void) => vi.waitFor(check, { timeout: 6_000, interval: 20 });
const online = (live: LiveConnection) => until(() => expect(live.line.value.status).toBe("online"));

test("a topic that is held arrives, and only something newer replaces it", async () => {
  const room = await openRoom();
  const live = connect(room);
  const agenda = live.hold(AGENDA);
  await until(() => expect(room.asked).toEqual([[{ topic: AGENDA, version: 0 }]]));
  room.push(AGENDA, 5, { items: ["five"] });
  await until(() => expect(agenda.value).toEqual({ version: 5, data: { items: ["five"] } }));
  room.push(AGENDA, 4, { items: ["late"] });
  room.push(AGENDA, 6, { items: ["six"] });
  await until(() => expect(agenda.value?.version).toBe(6));
  expect(agenda.value?.data).toEqual({ items: ["six"] });
});

test("after a restart of the server the screen is back by itself and says which versions it has", async () => {
  const room = await openRoom();
  const live = connect(room);
  const agenda = live.hold(AGENDA);
  await online(live);
  room.push(AGENDA, 12, "before");
  await until(() => expect(agenda.value?.version).toBe(12));
  await room.close();
  await until(() => expect(live.line.value.status).toBe("lost"));
  expect(Math.abs(live.line.value.since - room.now())).toBeLessThan(1_000);
  expect(agenda.value?.data).toBe("before"); // the picture stays
  await room.open();
  await online(live);
  await until(() => expect(room.asked.at(-1)).toEqual([{ topic: AGENDA, version: 12 }]));
});

test("another database makes every version worthless, and older numbers are taken again", async () => {
  const room = await openRoom();
  const live = connect(room);
  const agenda = live.hold(AGENDA);
  await online(live);
  room.push(AGENDA, 90, "before the restore");
  await until(() => expect(agenda.value?.version).toBe(90));
  await room.close();
  room.epoch = "restored";
  room.asked.length = 0;
  await room.open();
  await until(() => expect(room.asked.at(-1)).toEqual([{ topic: AGENDA, version: 0 }]));
  expect(agenda.value?.data).toBe("before the restore"); // until there is something better
  room.push(AGENDA, 0, "restored, and never changed since");
  await until(() => expect(agenda.value).toEqual({ version: 0, data: "restored, and never changed since" }));
});

test("a topic nobody holds any more is given back to the server", async () => {
  const room = await openRoom();
  const live = connect(room);
  live.hold(AGENDA);
  live.hold(AGENDA);
  await online(live);
  live.release(AGENDA);
  live.release(AGENDA);
  await until(() => expect(room.left).toEqual([[AGENDA]]));
});

test("a topic held later is asked for at once, and a refused one carries its code", async () => {
  const room = await openRoom();
  const live = connect(room);
  await online(live);
  live.hold("meeting/7/secret");
  await until(() => expect(live.refused.value).toEqual({ "meeting/7/secret": "forbidden" }));
});

test("a screen without a session says so, and comes in after signing in", async () => {
  const room = await openRoom();
  room.signedIn = false;
  const live = connect(room);
  await until(() => expect(live.signedOut.value).toBe(true));
  expect(live.line.value.status).toBe("connecting");
  room.signedIn = true;
  live.reconnect();
  await online(live);
  expect(live.signedOut.value).toBe(false);
});

test("the screen runs on the server's clock", async () => {
  const room = await openRoom();
  room.ahead = 3_600_000;
  const live = connect(room);
  await online(live);
  expect(Math.abs(live.now() - room.now())).toBeLessThan(500);
  room.ahead = 7_200_000; // the rough first answer is corrected by the probes
  await until(() => expect(Math.abs(live.now() - room.now())).toBeLessThan(50));
});

test("a newer build is loaded once, and only when the surface says it may", async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  closing.push(() => vi.unstubAllGlobals());
  const room = await openRoom();
  room.build = "b2";
  const free = signal(false);
  const reload = vi.fn();
  const live = connect(room, { mayReload: () => free.value, reload });
  await until(() => expect(live.updateWaiting.value).toBe("b2"));
  expect(reload).not.toHaveBeenCalled();
  free.value = true;
  expect(reload).toHaveBeenCalledTimes(1);
  live.reconnect(); // still old after the reload, from a cache in between: no loop
  await online(live);
  free.value = false;
  free.value = true;
  expect(reload).toHaveBeenCalledTimes(1);
});

test("a page that can remember nothing does not reload itself at all", async () => {
  vi.stubGlobal("sessionStorage", undefined);
  closing.push(() => vi.unstubAllGlobals());
  const room = await openRoom();
  room.build = "b2";
  const reload = vi.fn();
  const live = connect(room, { mayReload: () => true, reload });
  await until(() => expect(live.updateWaiting.value).toBe("b2"));
  expect(reload).not.toHaveBeenCalled();
});

/** Live state for screens: `startLive` once, then `topic(name)` or `useTopic(name)` wherever it is shown. */

import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Topics } from "../types.gen.ts";
import { type Line, LiveConnection, type LiveOptions } from "./connection.ts";
import type { Topic } from "./topics.ts";

export type { Line, LineStatus, LiveOptions } from "./connection.ts";
export type { Topic } from "./topics.ts";

/** Surfaces that have live state. */
export type LiveSurface = LiveOptions["surface"];

/** Names of the topics a surface may watch: `meeting/${number}/agenda` … */
export type TopicName<S extends LiveSurface> = keyof Topics[S] & string;

/** The live state of one page, typed by its surface. */
export interface Live<S extends LiveSurface> {
  /** How the line to the server is, and since when (server time). */
  readonly line: ReadonlySignal<Line>;
  /** True when this screen must sign in (again). */
  readonly signedOut: ReadonlySignal<boolean>;
  /** The newer build that waits for a safe moment to reload. */
  readonly updateWaiting: ReadonlySignal<string | undefined>;
  /** Refused topics: name → code. */
  readonly refused: ReadonlySignal<Readonly<Record<string, string>>>;
  /** Server time in epoch milliseconds. */
  now(): number;
  /** Watch a topic from now on; undefined until its first push. */
  topic<N extends TopicName<S>>(name: N): ReadonlySignal<Topic<Topics[S][N]> | undefined>;
  /** Stop watching a topic that `topic` watched. */
  release(name: TopicName<S>): void;
  /** In a component: watch a topic as long as the component is mounted. No name, no topic. */
  useTopic<N extends TopicName<S>>(name: N | undefined): Topic<Topics[S][N]> | undefined;
  /** Connect afresh after a sign-in or sign-out; `forget` drops what the former person saw. */
  reconnect(forget?: boolean): void;
  /** Hang up for good. */
  stop(): void;
}

/** The build id stamped into this page; "" in development, where pages never reload themselves. */
export function pageBuild(): string {
  if (import.meta.env.DEV) return "";
  return document.querySelector('meta[name="nghisu-build"]')?.getAttribute("content") ?? "";
}

let current: LiveConnection | undefined;

/** Connect this page. Call once, before anything is rendered. */
export function startLive<S extends LiveSurface>(options: LiveOptions & { readonly surface: S }): Live<S> {
  const connection = new LiveConnection({ build: pageBuild(), ...options });
  current = connection;
  connection.start();
  return typed<S>(connection);
}

/** Server time in epoch milliseconds, for components that do not know their surface. */
export function serverNow(): number {
  return current?.now() ?? Date.now();
}

function typed<S extends LiveSurface>(connection: LiveConnection): Live<S> {
  // The server decides what a topic holds and types.gen.ts says it; here is the one place where we believe it.
  type Copy<N extends TopicName<S>> = ReadonlySignal<Topic<Topics[S][N]> | undefined>;
  return {
    line: connection.line,
    signedOut: connection.signedOut,
    updateWaiting: connection.updateWaiting,
    refused: connection.refused,
    now: () => connection.now(),
    topic: <N extends TopicName<S>>(name: N) => connection.hold(name) as Copy<N>,
    release: (name) => connection.release(name),
    useTopic: <N extends TopicName<S>>(name: N | undefined) => {
      useEffect(() => {
        if (name === undefined) return undefined;
        connection.hold(name);
        return () => connection.release(name);
      }, [name]);
      return name === undefined ? undefined : (connection.peek(name) as Copy<N>).value;
    },
    reconnect: (forget) => connection.reconnect(forget),
    stop: () => connection.stop(),
  };
}

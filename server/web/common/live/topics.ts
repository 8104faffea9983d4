/** The screen's copies of topics. Pure: knows no socket. Replaced only by something newer (DESIGN §2). */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** One copy: the whole state, and the journal number that last changed it. */
export interface Topic<T> {
  readonly version: number;
  readonly data: T;
}

/** What the server pushes. */
export interface TopicPush {
  readonly topic: string;
  readonly version: number;
  readonly data: unknown;
}

/** The version of a copy from another database: any state of the present one is newer, even version 0. */
const WORTHLESS = -1;

/** All topics a screen holds, by name. */
export class TopicStore {
  private readonly copies = new Map<string, Signal<Topic<unknown> | undefined>>();
  private epoch: string | undefined;

  /** The signal of one topic; undefined inside until the first push. */
  of(name: string): ReadonlySignal<Topic<unknown> | undefined> {
    return this.cell(name);
  }

  /** The version held; 0 when there is no copy, or one of another database. */
  version(name: string): number {
    return Math.max(0, this.copies.get(name)?.peek()?.version ?? 0);
  }

  /** Take a push. False when the copy is as new or newer. */
  take(push: TopicPush): boolean {
    const cell = this.cell(push.topic);
    const held = cell.peek();
    if (held !== undefined && held.version >= push.version) return false;
    cell.value = { version: push.version, data: push.data };
    return true;
  }

  /**
   * The server said which database it speaks for. When that is another than before (a restore, another server), versions
   * cannot be compared: every copy's version is forgotten; the picture stays until the new state comes.
   * True when the epoch changed.
   */
  meet(epoch: string): boolean {
    const changed = this.epoch !== undefined && this.epoch !== epoch;
    this.epoch = epoch;
    if (changed) {
      for (const cell of this.copies.values()) {
        const held = cell.peek();
        if (held !== undefined) cell.value = { version: WORTHLESS, data: held.data };
      }
    }
    return changed;
  }

  /** Forget one topic, or all of them (somebody else signed in). */
  forget(name?: string): void {
    for (const [key, cell] of this.copies) {
      if (name === undefined || key === name) cell.value = undefined;
    }
  }

  private cell(name: string): Signal<Topic<unknown> | undefined> {
    let cell = this.copies.get(name);
    if (cell === undefined) {
      cell = signal<Topic<unknown> | undefined>(undefined);
      this.copies.set(name, cell);
    }
    return cell;
  }
}

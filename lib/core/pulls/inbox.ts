import { Queue } from '../base/queue.js';
import type { Ack } from '../protocol/ack.js';
import type { Host } from '../protocol/host.js';
import {
  END,
  type Indexed,
  type Passable,
  type Passage,
  type Pulled,
  WAIT,
} from '../protocol/pull.js';
import type { WaitReport } from '../stall/wait-report.js';

/**
 * The queue that feeds a host from outside: a writer, a sender or another loop puts items in. When the host pulls the
 * next item, it is done with the item before or holds it, so the ack of that item is released.
 */
export class Inbox<T> implements Passable<T>, Indexed<T> {
  readonly refills = true;
  readonly free = true;
  /** The index of the next item of the run, and the index before which generated code need not call `pull`. */
  next = 0;
  limit = 0;
  /** Called when the host pulls and the inbox is empty. */
  hungry: (() => void) | undefined;
  /** Takes an item directly through the host's segment, if the host waits for one. */
  passage: Passage | undefined;

  #host: Host | undefined;
  /** Items that were put together, by `addAll`. They go before those in the queue. */
  #run: readonly T[] = [];
  /** The index of the first item of the run. Indices only grow: generated code keeps `next` in a local variable. */
  #runStart = 0;
  /** The index after the last item of the run. */
  #runEnd = 0;
  /** When `next` reaches this index, the inbox has room again: `#roomy` is called. */
  #roomyIndex = -1;
  readonly #items = new Queue<T>();
  readonly #acks = new Queue<Ack>();
  #current: Ack | undefined;
  /** When the inbox has shrunk to this length, `#roomy` is called. */
  #roomyLength = -1;
  #roomy: (() => void) | undefined;
  /** The host has pulled in vain, and waits for an item. */
  #asked = false;
  /** True while `#pass` calls `hungry`: items that it puts are queued, so that such calls do not nest. */
  #inHungry = false;
  #state: 'open' | 'ended' | 'closed' = 'open';

  /** Sets the host that pulls from this inbox. `put` wakes it. */
  attach(host: Host): this {
    this.#host = host;
    return this;
  }

  /** How many items wait. While generated code reads the run, `next` is behind, so this is an upper bound. */
  get length(): number {
    return this.#runEnd - this.next + this.#items.length;
  }

  /** Sets a callback for when `length` items have waited and one of them has been taken. */
  whenRoomy(length: number, roomy: () => void): void {
    this.#roomyLength = length - 1;
    this.#roomy = roomy;
  }

  /** False once no more items can be put. */
  get open(): boolean {
    return this.#state === 'open';
  }

  /** Every item of one inbox comes with an ack, or none does. */
  put(item: T, ack?: Ack): void {
    if (this.#asked && !this.#inHungry && this.passage?.ready) this.#pass(this.passage, item, ack);
    else {
      this.#add(item, ack);
      this.wake();
    }
  }

  /**
   * Puts many items. The caller must call `wake` afterwards. `asRun`: the inbox keeps this array, so the caller must
   * not change it, and its items can't be dropped.
   */
  addAll(items: readonly T[], asRun = true): void {
    this.#asked = false;
    if (this.length > 0 || !asRun) for (const item of items) this.#add(item);
    else {
      this.#run = items;
      this.#runStart = this.next;
      this.#runEnd = this.next + items.length;
      this.#setRoomyIndex(this.#runEnd - this.#roomyLength);
    }
  }

  #setRoomyIndex(index: number): void {
    this.#roomyIndex = index;
    const end = this.#runEnd;
    this.limit = this.next < index && index <= end ? index - 1 : end;
  }

  #add(item: T, ack?: Ack): void {
    this.#asked = false;
    this.#items.push(item);
    this.#setRoomyIndex(this.#roomyIndex + 1);
    if (ack) this.#acks.push(ack);
  }

  #pass(passage: Passage, item: T, ack?: Ack): void {
    this.#asked = false;
    if (ack) this.#hand(ack);
    this.#checkRoom();
    if (!passage.pass(item)) return;
    if (this.#current) this.passed();
    this.#asked = true;
    this.#inHungry = true;
    this.hungry?.();
    this.#inHungry = false;
    if (this.length > 0 || this.#state === 'ended') this.wake();
  }

  wake(): void {
    if (!this.#inHungry) this.#host?.wake();
  }

  /** Drops the oldest item of the queue. */
  drop(): void {
    this.#items.shift();
    this.#acks.shift()?.release();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.wake();
  }

  at(index: number): T {
    return this.#run[index - this.#runStart] as T;
  }

  pull(): Pulled<T> {
    if (this.next < this.#runEnd) return this.#pullRun();
    if (this.#current) this.passed();
    if (this.#items.length === 0) {
      if (this.#state === 'open') this.hungry?.();
      if (this.next < this.#runEnd) return this.#pullRun();
      if (this.#items.length === 0) return this.#wait();
    }
    const item = this.#items.shift() as T;
    if (this.#acks.length > 0) this.#hand(this.#acks.shift() as Ack);
    this.#checkRoom();
    return item;
  }

  #pullRun(): T {
    const item = this.at(this.next);
    this.next += 1;
    if (this.next === this.#roomyIndex) {
      this.limit = this.#runEnd;
      this.#roomy?.();
    }
    return item;
  }

  #checkRoom(): void {
    if (this.length === this.#roomyLength) this.#roomy?.();
  }

  #wait(): typeof WAIT | typeof END {
    this.#asked = this.#state === 'open';
    return this.#asked ? WAIT : END;
  }

  #hand(ack: Ack): void {
    this.#current = ack;
    if (this.#host) this.#host.acks = [ack];
  }

  /**
   * Releases the ack of the current item. A loop that knows it is done calls this at once; otherwise the next pull
   * does.
   */
  passed(): void {
    const done = this.#current;
    this.#current = undefined;
    done?.release();
  }

  waits(): readonly WaitReport[] {
    return [{ what: this.#asked ? 'an item' : undefined, held: this.length, outside: true }];
  }

  /** Called when the host takes no more items. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.passed();
    this.#run = [];
    this.#runStart = this.next;
    this.#runEnd = this.next;
    this.limit = 0;
    this.#items.clear();
    for (let ack = this.#acks.shift(); ack; ack = this.#acks.shift()) ack.refuse();
    this.hungry?.();
  }
}

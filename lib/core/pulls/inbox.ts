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
 * Where a host is fed from outside: by a writer, a sender, or the host of another segment. Being asked for an item
 * means that everything before it is done or held, so that is when its ack is released.
 */
export class Inbox<T> implements Passable<T>, Indexed<T> {
  readonly refills = true;
  readonly free = true;
  /** The place of the next item of the run, and as far as it may be read without telling anybody. */
  next = 0;
  limit = 0;
  /** Called when an item is asked for and there is none. */
  hungry: (() => void) | undefined;
  /** What is put while an item is waited for goes this way, if there is one. */
  passage: Passage | undefined;

  #host: Host | undefined;
  /** Items that have come together. They go before those in the queue. */
  #run: readonly T[] = [];
  /** The place of its first item: places only grow, as a loop that reads in place has the next one by heart. */
  #first = 0;
  /** The place after its last one. */
  #end = 0;
  /** The place before which there is room again, if that is within the run. */
  #roomyAt = -1;
  readonly #items = new Queue<T>();
  readonly #acks = new Queue<Ack>();
  #current: Ack | undefined;
  /** When as many are left, `#roomy` is called. */
  #left = -1;
  #roomy: (() => void) | undefined;
  /** Somebody has asked in vain, and not again since. */
  #asked = false;
  /** What is put because of that waits until whoever was told is done: telling must not nest. */
  #telling = false;
  #state: 'open' | 'ended' | 'closed' = 'open';

  /** The host that pulls from here, to be woken when something comes. */
  attach(host: Host): this {
    this.#host = host;
    return this;
  }

  /** Too much, if anything, while items are read in place: what comes meanwhile then waits behind them. */
  get length(): number {
    return this.#end - this.next + this.#items.length;
  }

  /** `tell` is called when so many have waited and one of them has been taken. */
  whenRoomy(many: number, tell: () => void): void {
    this.#left = many - 1;
    this.#roomy = tell;
  }

  /** False once nothing more can be put. */
  get open(): boolean {
    return this.#state === 'open';
  }

  /** Every item of one inbox comes with an ack, or none does. */
  put(item: T, ack?: Ack): void {
    if (this.#asked && !this.#telling && this.passage?.ready) this.#pass(this.passage, item, ack);
    else {
      this.#add(item, ack);
      this.wake();
    }
  }

  /**
   * Puts many without waking the host, which has to follow. `asRun` takes the array over: nobody may change it any more,
   * and what is in it can't be dropped.
   */
  addAll(items: readonly T[], asRun = true): void {
    this.#asked = false;
    if (this.length > 0 || !asRun) for (const item of items) this.#add(item);
    else {
      this.#run = items;
      this.#first = this.next;
      this.#end = this.next + items.length;
      this.#setRoomyAt(this.#end - this.#left);
    }
  }

  #setRoomyAt(place: number): void {
    this.#roomyAt = place;
    const some = this.#end;
    this.limit = this.next < place && place <= some ? place - 1 : some;
  }

  #add(item: T, ack?: Ack): void {
    this.#asked = false;
    this.#items.push(item);
    this.#setRoomyAt(this.#roomyAt + 1);
    if (ack) this.#acks.push(ack);
  }

  #pass(passage: Passage, item: T, ack?: Ack): void {
    this.#asked = false;
    if (ack) this.#hand(ack);
    this.#tellRoom();
    if (!passage.pass(item)) return;
    if (this.#current) this.passed();
    this.#asked = true;
    this.#telling = true;
    this.hungry?.();
    this.#telling = false;
    if (this.length > 0 || this.#state === 'ended') this.wake();
  }

  wake(): void {
    if (!this.#telling) this.#host?.wake();
  }

  /** Drops the item that has waited longest: nobody will get it. */
  drop(): void {
    this.#items.shift();
    this.#acks.shift()?.release();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.wake();
  }

  at(place: number): T {
    return this.#run[place - this.#first] as T;
  }

  pull(): Pulled<T> {
    if (this.next < this.#end) return this.#pullRun();
    if (this.#current) this.passed();
    if (this.#items.length === 0) {
      if (this.#state === 'open') this.hungry?.();
      if (this.next < this.#end) return this.#pullRun();
      if (this.#items.length === 0) return this.#wait();
    }
    const item = this.#items.shift() as T;
    if (this.#acks.length > 0) this.#hand(this.#acks.shift() as Ack);
    this.#tellRoom();
    return item;
  }

  #pullRun(): T {
    const item = this.at(this.next);
    this.next += 1;
    if (this.next === this.#roomyAt) {
      this.limit = this.#end;
      this.#roomy?.();
    }
    return item;
  }

  #tellRoom(): void {
    if (this.length === this.#left) this.#roomy?.();
  }

  #wait(): typeof WAIT | typeof END {
    this.#asked = this.#state === 'open';
    return this.#asked ? WAIT : END;
  }

  #hand(ack: Ack): void {
    this.#current = ack;
    if (this.#host) this.#host.acks = [ack];
  }

  /** The item in hand is done. A loop that can tell says so at once; else the next pull does. */
  passed(): void {
    const done = this.#current;
    this.#current = undefined;
    done?.release();
  }

  waits(): readonly WaitReport[] {
    return [{ what: this.#asked ? 'an item' : undefined, held: this.length, outside: true }];
  }

  /** Nobody will take any more of these items. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.passed();
    this.#run = [];
    this.#first = this.next;
    this.#end = this.next;
    this.limit = 0;
    this.#items.clear();
    for (let ack = this.#acks.shift(); ack; ack = this.#acks.shift()) ack.refuse();
    this.hungry?.();
  }
}

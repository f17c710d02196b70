import { NullItemError } from '../base/errors.js';
import { isThenable } from '../base/thenable.js';
import type { DeadLetterWriter } from '../policy/dead-letter-writer.js';
import { type Context, LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import { END, type Pull, SKIP, WAIT } from '../protocol/pull.js';
import { closeAll, closeIgnoring } from '../pulls/close.js';
import { awaitWithinGrace } from '../pulls/grace-period.js';
import type { Held } from '../pulls/held-acks.js';
import { holdsReport, NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { SlotHost } from './slot-host.js';

/** What is done with each item. */
export interface Work {
  /** The user's callback. It may throw `SKIP`: its item comes to nothing then. */
  readonly call: (item: never, context: Context) => unknown;
  /** What the items come from that it has answered; without this, the answer is the item. */
  readonly open?: (answer: unknown, host: Host) => Pull<unknown>;
  /** What the callback writes to for items that it fails on. */
  readonly letters?: DeadLetterWriter | undefined;
}

/** Who is told how a slot fares. */
export interface SlotOwner {
  readonly host: Host;
  readonly work: Work;
  /** It has an item to hand on. */
  gave(slot: Slot): void;
  /** No more comes of it. */
  finished(slot: Slot): void;
  /** While nobody was asking. */
  failed(slot: Slot, error: unknown): void;
}

/** One item in the works: the call that it was given to, and what comes of it. */
export class Slot {
  readonly item: unknown;
  readonly index: number;
  /** Its acks. */
  readonly held: Held;
  readonly context: LazyContext;
  key: unknown;
  ready = false;
  over = false;
  readonly #owner: SlotOwner;
  #result: unknown;
  #inner: Pull<unknown> | undefined;
  /** The call, until nothing of it is left to be waited for. */
  #pending: Promise<void> | undefined;
  #since = 0;
  #closed = false;

  constructor(item: unknown, index: number, held: Held, owner: SlotOwner) {
    this.item = item;
    this.index = index;
    this.held = held;
    this.#owner = owner;
    this.context = new LazyContext(owner.host.context);
  }

  /** Throws when the callback does. */
  start(): void {
    let answer: unknown;
    try {
      answer = this.#owner.work.call(this.item as never, this.context);
    } catch (thrown) {
      if (thrown !== SKIP) throw thrown;
      this.#finish();
      return;
    }
    if (isThenable(answer)) this.#await(answer);
    else this.#arrive(answer);
  }

  #await(answer: PromiseLike<unknown>): void {
    const { host } = this.#owner;
    const settled = (act: () => void | Promise<void>): void | Promise<void> => {
      this.#pending = undefined;
      host.arrived();
      return act();
    };
    this.#pending = Promise.resolve(answer).then(
      (value) => settled(() => (this.#closed ? this.#dispose(value) : this.#goOn(value))),
      (thrown: unknown) => settled(() => this.#refused(thrown)),
    );
    this.#since = host.waiting();
  }

  #refused(thrown: unknown): void {
    if (this.#closed) throw thrown;
    if (thrown !== SKIP) this.#owner.failed(this, thrown);
    else this.#unasked(() => this.#finish());
  }

  #goOn(value: unknown): void {
    this.#unasked(() => this.#arrive(value));
  }

  /** What comes too late is let go unread: a stream has to be told. */
  async #dispose(value: unknown): Promise<void> {
    if (!this.#owner.work.open) return;
    const late = value as Partial<AsyncDisposable> | null | undefined;
    try {
      await late?.[Symbol.asyncDispose]?.();
    } catch {
      // Nobody has asked for it any more.
    }
  }

  #unasked(act: () => void): void {
    try {
      act();
      this.#owner.host.wake();
    } catch (error) {
      this.#owner.failed(this, error);
    }
  }

  #arrive(answer: unknown): void {
    const { open } = this.#owner.work;
    if (open) {
      this.#inner = open(answer, this.#innerHost());
      this.ask();
    } else {
      this.#give(answer);
      this.#finish();
    }
  }

  /** What the items come from goes on, or fails, also while whoever reads is busy. */
  #innerHost(): Host {
    return new SlotHost(this.#owner.host, () => {
      if (!this.#closed) this.#unasked(() => this.ask());
    });
  }

  /** Goes on to the next item, if one may come and there is none: a stream calls whenever it has something. */
  ask(): void {
    if (!this.#inner || this.ready) return;
    const item = this.#inner.pull();
    if (item === END) {
      this.#inner = undefined;
      this.#finish();
    } else if (item !== WAIT) this.#give(item);
  }

  #give(item: unknown): void {
    if (item === null) throw new NullItemError();
    this.#result = item;
    this.ready = true;
    this.#owner.gave(this);
  }

  #finish(): void {
    this.over = true;
    this.context.leave();
    this.#owner.finished(this);
  }

  /** The item that it has. */
  take(): unknown {
    const item = this.#result;
    this.ready = false;
    this.#result = undefined;
    return item;
  }

  waits(): readonly WaitReport[] {
    if (this.ready) return holdsReport(1);
    if (this.#pending) return [{ what: 'what its callback has promised', since: this.#since }];
    return this.#inner?.waits?.() ?? NO_WAITS;
  }

  /** The call can only be told to give up. */
  close(): void | Promise<void> {
    this.#closed = true;
    const pending = this.#pending;
    const inner = this.#inner;
    const call = { close: () => pending && awaitWithinGrace(pending, this.context) };
    return closeAll(
      inner ? [{ close: () => closeIgnoring(inner, this.context.echoes) }, call] : [call],
    );
  }
}

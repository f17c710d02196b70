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

/** What a `ConcurrentPull` does with each item. */
export interface Work {
  /** The user's callback. It throws `SKIP` to drop its item. */
  readonly call: (item: never, context: Context) => unknown;
  /** Opens the items that the callback has answered. Without it, the answer itself is the item. */
  readonly open?: (answer: unknown, host: Host) => Pull<unknown>;
  /** Writes the items that the callback fails on to a dead letter. */
  readonly letters?: DeadLetterWriter | undefined;
}

/** The owner of a slot, which the slot calls at these events. */
export interface SlotOwner {
  readonly host: Host;
  readonly work: Work;
  /** The slot has an item. */
  gave(slot: Slot): void;
  /** The slot will give no more items. */
  finished(slot: Slot): void;
  /** The slot has failed outside of a call by its owner. */
  failed(slot: Slot, error: unknown): void;
}

/** One input item of a `ConcurrentPull`: the call that works on it, and its results. */
export class Slot {
  readonly item: unknown;
  readonly index: number;
  /** The acks of the item. */
  readonly held: Held;
  readonly context: LazyContext;
  key: unknown;
  ready = false;
  over = false;
  readonly #owner: SlotOwner;
  #result: unknown;
  #inner: Pull<unknown> | undefined;
  /** The call, while it is running. */
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

  /** Calls the callback. Throws if that throws. */
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

  /** Disposes of an answer that came after the slot was closed: a stream has to be closed unread. */
  async #dispose(value: unknown): Promise<void> {
    if (!this.#owner.work.open) return;
    const late = value as Partial<AsyncDisposable> | null | undefined;
    try {
      await late?.[Symbol.asyncDispose]?.();
    } catch {
      // The answer is no longer wanted, so its error is ignored.
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

  /** The answered items go on, or fail, also while the reader is busy with something else. */
  #innerHost(): Host {
    return new SlotHost(this.#owner.host, () => {
      if (!this.#closed) this.#unasked(() => this.ask());
    });
  }

  /** Pulls the next answered item, unless one is waiting already: a stream wakes its host whenever it has something. */
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

  /** Returns its item. */
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

  /** A running call can't be interrupted, only told by its signal. */
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

import { isThenable } from '../base/thenable.js';
import type { Host } from '../protocol/host.js';
import { END, type Indexed, type Pull, type Pulled, WAIT } from '../protocol/pull.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { closeAll } from './close.js';
import { awaitWithinGrace, settleWithin, throwUnlessEcho } from './grace-period.js';
import { Pending } from './pending.js';

export type AnyIterator<T> = Iterator<T> | AsyncIterator<T>;

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof (value as { [Symbol.asyncIterator]?: unknown } | undefined)?.[Symbol.asyncIterator] ===
    'function'
  );
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof (value as { [Symbol.iterator]?: unknown } | undefined)?.[Symbol.iterator] === 'function'
  );
}

type Read = (items: unknown, host: Host) => Pull<unknown> | undefined;

let readStream: Read = () => undefined;

/** Sets the function that pulls from streams: as iterables, they could not be closed, nor read without promises. */
export function readStreamsBy(read: Read): void {
  readStream = read;
}

/** Checks that a callback has answered an iterable or async iterable. */
export function validateItems<T>(value: unknown): asserts value is Iterable<T> | AsyncIterable<T> {
  if (isIterable(value) || isAsyncIterable(value)) return;
  throw new TypeError(`expected an iterable or async iterable, got ${typeof value}`);
}

export function iteratorOf<T>(items: Iterable<T> | AsyncIterable<T>): AnyIterator<T> {
  return isAsyncIterable(items)
    ? (items as AsyncIterable<T>)[Symbol.asyncIterator]()
    : (items as Iterable<T>)[Symbol.iterator]();
}

/** Pulls from an iterable or async iterable. A promise among the items is waited for, as `for await` does. */
export function pullFrom<T>(
  items: Iterable<T | PromiseLike<T>> | AsyncIterable<T>,
  host: Host,
): Pull<T> {
  if (Array.isArray(items)) return new ArrayPull<T>(items, host);
  const stream = readStream(items, host);
  if (stream) return stream as Pull<T>;
  return new IteratorPull<T>(iteratorOf(items as Iterable<T> | AsyncIterable<T>), host);
}

/** Pulls from a callback's answer. Throws if that is not iterable. */
export function openItems<T>(answer: unknown, host: Host): Pull<T> {
  validateItems<T>(answer);
  return pullFrom(answer, host);
}

const ITEM = 'a promise among its items';

class ArrayPull<T> implements Indexed<T> {
  readonly refills = false;
  next = 0;
  readonly #items: readonly T[];
  readonly #host: Host;
  /** Made for the first promise: most arrays have none, and are short. */
  #awaiting: Pending<T> | undefined;

  constructor(items: readonly T[], host: Host) {
    this.#items = items;
    this.#host = host;
  }

  get free(): boolean {
    return this.#awaiting?.free ?? true;
  }

  get limit(): number {
    return this.#items.length;
  }

  at(index: number): T {
    return this.#items[index] as T;
  }

  pull(): Pulled<T> {
    const awaiting = this.#awaiting;
    if (awaiting && !awaiting.free) return awaiting.busy ? WAIT : awaiting.take();
    if (this.next >= this.limit) return END;
    const item = this.at(this.next++);
    if (!isThenable(item)) return item;
    this.suspend(item as PromiseLike<T>);
    return WAIT;
  }

  suspend(item: PromiseLike<T>): void {
    this.#awaiting ??= new Pending(this.#host);
    this.#awaiting.start(item);
  }

  waits(): readonly WaitReport[] {
    return this.#awaiting?.waits(ITEM) ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.#awaiting?.close();
  }
}

class IteratorPull<T> implements Pull<T> {
  readonly #iterator: AnyIterator<T>;
  readonly #host: Host;
  readonly #step: Pending<IteratorResult<T>>;
  readonly #item: Pending<T>;
  #over = false;
  #closing: void | Promise<void> = undefined;

  constructor(iterator: AnyIterator<T>, host: Host) {
    this.#iterator = iterator;
    this.#host = host;
    this.#step = new Pending(host);
    this.#item = new Pending(host);
  }

  pull(): Pulled<T> {
    if (this.#over) return END;
    if (!this.#item.free) return this.#item.busy ? WAIT : this.#item.take();
    if (this.#step.busy) return WAIT;
    try {
      const step = this.#step.free ? this.#iterator.next() : this.#step.take();
      if (isThenable(step)) {
        this.#step.start(step as PromiseLike<IteratorResult<T>>);
        return WAIT;
      }
      return this.#open(step as IteratorResult<T>);
    } catch (error) {
      this.#over = true;
      throw error;
    }
  }

  #open(step: IteratorResult<T>): Pulled<T> {
    if (step.done) {
      this.#over = true;
      return END;
    }
    if (step.value === undefined) requireResult(step);
    if (!isThenable(step.value)) return step.value;
    this.#item.start(step.value as PromiseLike<T>);
    return WAIT;
  }

  waits(): readonly WaitReport[] {
    return [...this.#item.waits(ITEM), ...this.#step.waits('its iterator to give the next item')];
  }

  close(): void | Promise<void> {
    if (this.#over) return this.#closing;
    this.#over = true;
    const next = this.#step.abandon();
    this.#closing = closeAll([{ close: () => this.#return(next) }, this.#item]);
    return this.#closing;
  }

  #return(next: Promise<unknown> | undefined): void | Promise<void> {
    const returned: unknown = this.#iterator.return?.();
    if (!isThenable(returned)) return next && awaitWithinGrace(next, this.#host.context);
    return next ? this.#returnDuringNext(returned, next) : ignoreValue(returned);
  }

  /** A generator that is inside `next` reports its error there, not in the promise of `return`. */
  async #returnDuringNext(returned: PromiseLike<unknown>, next: Promise<unknown>): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    next.catch((error: unknown) => {
      failure = { error };
    });
    await settleWithin(returned);
    if (failure) throwUnlessEcho(failure.error, this.#host.context);
  }
}

/** Refuses an iterator whose `next` returns the items themselves: without `done` it would never end. */
function requireResult(step: unknown): void {
  if (typeof step === 'object' || typeof step === 'function') return;
  throw new TypeError(`expected an object from an iterator's next(), got ${typeof step}`);
}

async function ignoreValue(promise: PromiseLike<unknown>): Promise<void> {
  await promise;
}

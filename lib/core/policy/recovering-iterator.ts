import { NullItemError } from '../base/errors.js';
import { suppress } from '../base/suppress.js';
import { attempt, isThenable, type Now } from '../base/thenable.js';
import { SKIP } from '../protocol/pull.js';
import { type AnyIterator, iteratorOf } from '../pulls/iterable-pull.js';

/** Returns the items that replace those which could not be read; throws `SKIP` for none. */
export type Recover<T> = (error: unknown) => Now<Iterable<T> | AsyncIterable<T>>;

const DONE: IteratorResult<never> = { done: true, value: undefined };

/**
 * Iterates items whose reading may fail: after a failure, the items that `rescue` answers replace the rest. It answers
 * synchronously if the items do, so it serves as a synchronous and as an asynchronous iterator.
 */
export class RecoveringIterator<T> implements Iterable<T> {
  readonly #whole: Iterable<T> | AsyncIterable<T>;
  readonly #items: AnyIterator<T>;
  readonly #rescue: Recover<T>;
  #instead: AnyIterator<T> | undefined;
  #over = false;

  constructor(items: Iterable<T> | AsyncIterable<T>, rescue: Recover<T>) {
    this.#whole = items;
    this.#items = iteratorOf(items);
    this.#rescue = rescue;
  }

  [Symbol.iterator](): Iterator<T> {
    return this as unknown as Iterator<T>;
  }

  /** A stream that will not be read has to be closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await (this.#whole as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
  }

  next(): Now<IteratorResult<T>> {
    if (this.#instead) return this.#instead.next();
    if (this.#over) return DONE;
    return attempt(
      () => this.#items.next(),
      (step) => this.#open(step),
      (error) => this.#replace(error),
    );
  }

  /** Waits for an item that is a promise. */
  #open(step: IteratorResult<T>): Now<IteratorResult<T>> {
    if (step.done) {
      this.#over = true;
      return step;
    }
    if (!isThenable(step.value)) return this.#give(step.value);
    return attempt(
      () => step.value,
      (item) => this.#give(item),
      (error) => this.#breakOff(error),
    );
  }

  #give(value: T): Now<IteratorResult<T>> {
    return value === null ? this.#breakOff(new NullItemError()) : { done: false, value };
  }

  /** One item is bad, but there may be more, so the iterator is closed first. */
  #breakOff(error: unknown): Now<IteratorResult<T>> {
    return attempt(
      () => this.#items.return?.(),
      () => this.#replace(error),
      (later) => {
        suppress(error, later);
        return this.#replace(error);
      },
    );
  }

  #replace(error: unknown): Now<IteratorResult<T>> {
    this.#over = true;
    return attempt(
      () => this.#rescue(error),
      (items) => {
        this.#instead = iteratorOf(items);
        return this.#instead.next();
      },
      (thrown) => {
        if (thrown === SKIP) return DONE;
        throw thrown;
      },
    );
  }

  return(): Now<IteratorResult<T>> {
    const reading = this.#instead ?? (this.#over ? undefined : this.#items);
    this.#over = true;
    if (reading === this.#items && isStream(this.#whole)) return closed(this.#whole);
    return reading?.return?.() ?? DONE;
  }
}

interface Stream extends AsyncDisposable {
  destroy(): unknown;
}

const isStream = (items: object): items is Stream =>
  typeof (items as Partial<Stream>).destroy === 'function' && Symbol.asyncDispose in items;

/**
 * Closing the iterator of a stream neither waits until the stream is closed, nor destroys one that was not read yet.
 */
async function closed(stream: Stream): Promise<IteratorResult<never>> {
  await stream[Symbol.asyncDispose]();
  return DONE;
}

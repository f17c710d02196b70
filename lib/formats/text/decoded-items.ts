import { isThenable } from '../../core/base/thenable.js';
import type { Context } from '../../core/protocol/context.js';
import { SKIP } from '../../core/protocol/pull.js';

/** Pieces of the input that arrived together. Each may become an item. */
export interface Batch {
  readonly length: number;
  /**
   * The item of a piece, made at this call; `SKIP` for a piece without an item. Throws `ParseError` for a bad piece.
   */
  item(at: number): unknown;
  /** The text of a piece. */
  input(at: number): string;
  /** The line on which a piece begins, in formats with lines. */
  line?(at: number): number;
}

/** Calls `make`. When `make` throws, returns the item of `onError` instead, or throws `SKIP` if there is none. */
export type Make = (make: () => never, input: string, context: Context) => unknown;

/** Iterates over the items of batches, faster than a generator. */
export class DecodedItems implements IterableIterator<unknown> {
  readonly #batches: Iterator<Batch>;
  #batch: Batch | undefined;
  #at = 0;

  constructor(batches: Iterable<Batch>) {
    this.#batches = batches[Symbol.iterator]();
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** The line on which the latest item began. */
  get line(): number | undefined {
    return this.#batch?.line?.(this.#at - 1);
  }

  next(): IteratorResult<unknown> {
    do {
      while (this.#batch && this.#at < this.#batch.length) {
        const item = this.take(this.#batch, this.#at++);
        if (item !== SKIP) return { done: false, value: item };
      }
    } while (this.#advance());
    return { done: true, value: undefined };
  }

  protected take(batch: Batch, at: number): unknown {
    return batch.item(at);
  }

  #advance(): boolean {
    const { done, value } = this.#batches.next();
    if (done) return false;
    this.#batch = value;
    this.#at = 0;
    return true;
  }
}

/** The same with the policy `onError` for bad pieces. */
export class GuardedItems extends DecodedItems {
  readonly #make: Make;
  readonly #context: Context;

  constructor(batches: Iterable<Batch>, make: Make, context: Context) {
    super(batches);
    this.#make = make;
    this.#context = context;
  }

  protected override take(batch: Batch, at: number): unknown {
    try {
      return batch.item(at);
    } catch (error) {
      return this.#replacement(error, batch.input(at));
    }
  }

  /** The item that replaces a bad piece, or `SKIP`. */
  #replacement(error: unknown, input: string): unknown {
    const fail = (): never => {
      throw error;
    };
    try {
      const answer = this.#make(fail, input, this.#context);
      return isThenable(answer) ? Promise.resolve(answer).catch(skipOrThrow) : answer;
    } catch (thrown) {
      return skipOrThrow(thrown);
    }
  }
}

function skipOrThrow(thrown: unknown): typeof SKIP {
  if (thrown === SKIP) return SKIP;
  throw thrown;
}

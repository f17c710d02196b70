import { isThenable } from '../../core/base/thenable.js';
import type { Context } from '../../core/protocol/context.js';
import { SKIP } from '../../core/protocol/pull.js';

/** Some pieces of the input that came together, each of which may become an item. */
export interface Batch {
  readonly length: number;
  /** Made when it is asked for; `SKIP` for a piece that is none. Throws `ParseError` for one that is bad. */
  item(at: number): unknown;
  /** The text of a piece. */
  input(at: number): string;
  /** On which line of the input a piece begins, where pieces have lines. */
  line?(at: number): number;
}

/** Calls `make`, and answers for the item when that fails; throws `SKIP` when it comes to nothing. */
export type Make = (make: () => never, input: string, context: Context) => unknown;

/** Walks over the items of batches, faster than a generator would be walked over. */
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

  /** On which line the latest item began. */
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

/** The same with a policy for what is bad. */
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
      return this.#instead(error, batch.input(at));
    }
  }

  /** What becomes of a piece that is bad. */
  #instead(error: unknown, input: string): unknown {
    const fail = (): never => {
      throw error;
    };
    try {
      const answer = this.#make(fail, input, this.#context);
      return isThenable(answer) ? Promise.resolve(answer).catch(dropped) : answer;
    } catch (thrown) {
      return dropped(thrown);
    }
  }
}

function dropped(thrown: unknown): typeof SKIP {
  if (thrown === SKIP) return SKIP;
  throw thrown;
}

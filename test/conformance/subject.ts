import type { CallbackOptions, Stage } from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';

export type Callback = (...args: unknown[]) => unknown;

/** Options as every operator with a callback has them, whatever its types. */
export type Policies = CallbackOptions<unknown, never>;

/** What the suite has to know of a stage. */
export interface StageSpec<I, O> {
  readonly input: readonly I[];
  /** What comes of `input`, worked out without the stage. */
  readonly expected: readonly O[];
  /** What is compared of the output, where it depends on timing how that is cut into items. Default: all of it. */
  readonly essence?: (items: readonly O[]) => unknown;
  /** False for a stage that has to wait, which `pull` can't. Default true. */
  readonly sync?: boolean;
  /** The same stage so that it never ends by itself. Default: as made for `input`. */
  readonly endless?: () => Stage<I, O>;
  /** How many items of input it takes, at most, for one of output. Default 1. */
  readonly inputsPerOutput?: number;
  /** It emits nothing before its input has ended: that ends after `WHOLE` items then. Default false. */
  readonly whole?: boolean;
  readonly callback?: CallbackSpec<I, O>;
  readonly values?: ValuesSpec;
}

export interface CallbackSpec<I, O> {
  readonly make: (fn: Callback, options?: Policies) => Stage<I, O>;
  /** What the callback answers so that it is called with the next item too. */
  readonly goOn: unknown;
  /** Answers that must be refused because a `null` is, or would become, an item. */
  readonly nulls: readonly unknown[];
  /** Whether the stage's name includes that of the callback. Default true. */
  readonly named?: boolean;
  /** The operator's own name, if the suite's is another. */
  readonly operator?: string;
  /** How many calls are under way at once when none is answered. Default 1. */
  readonly calls?: number;
}

/** The stage set up so that every item passes, in its own way, unharmed. */
export interface ValuesSpec {
  readonly make: () => Stage<unknown, unknown>;
  readonly expected: (items: readonly unknown[]) => readonly unknown[];
}

export interface Subject<I, O> extends StageSpec<I, O> {
  readonly name: string;
  readonly make: () => Stage<I, O>;
}

/** How many items there are for whoever needs to see the end. */
export const WHOLE = 100;

/** The input again and again, and what became of whoever gives it. It has an end where that is needed. */
export class Feed<I> {
  readonly counted = new Counted();
  readonly #input: readonly I[];
  readonly #length: number;

  constructor({ input, whole = false }: Pick<StageSpec<I, unknown>, 'input' | 'whole'>) {
    this.#input = input;
    this.#length = whole ? WHOLE : Number.POSITIVE_INFINITY;
  }

  get asked(): number {
    return this.counted.asked;
  }

  get closed(): boolean {
    return this.counted.closed;
  }

  *items(): Generator<I, void> {
    for (const at of this.counted.items()) {
      if (at === this.#length) return;
      yield this.#input[at % this.#input.length] as I;
    }
  }

  async *later(): AsyncGenerator<I, void> {
    for await (const at of this.counted.later()) {
      if (at === this.#length) return;
      yield this.#input[at % this.#input.length] as I;
    }
  }
}

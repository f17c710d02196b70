import { NullItemError } from '../base/errors.js';
import { isIndexed, WAIT } from '../protocol/pull.js';
import type { CompilableHead, CompilableStep } from '../protocol/segment.js';
import type { CompileInput } from './compile-input.js';

/** Why a generated function stopped, other than that it is done. */
export const REASON = {
  /** Plain pulls must go on. */
  halted: 1,
  /** A callback, the source or the drain threw. */
  threw: 2,
  /** A stage answered something other than an ordinary item: a promise, a signal or null. Stage -1 is the source. */
  answered: 3,
  /** The items that `expand` answered gave `WAIT` or null. */
  expanded: 4,
} as const;

export type Reason = (typeof REASON)[keyof typeof REASON];

/**
 * Handles all rare cases for generated code, which stops first and leaves its state where the plain pulls find it. None
 * of this is in the generated text, because V8 does not peel a loop that contains code which has never run.
 */
export class Bailout {
  readonly #input: CompileInput;
  readonly #head: CompilableHead;
  readonly #steps: readonly CompilableStep[];

  constructor(input: CompileInput) {
    this.#input = input;
    const { head, steps } = input.segment;
    this.#head = head as CompilableHead;
    this.#steps = steps;
  }

  /** Returns what the generated function must return: see `Burst` and `OnePull`. Throws if a stage has failed. */
  take(reason: Reason, at: number, answer: unknown, item: unknown): unknown {
    const { STOP } = this.#input;
    if (reason === REASON.halted) return STOP;
    if (reason === REASON.threw) throw this.#failure(answer, at, item);
    if (answer === null) throw this.#failure(new NullItemError(), at, item);
    if (reason === REASON.expanded) return this.#waits(at);
    try {
      if (at < 0) return this.#sourced(answer);
      return this.#promised(at, answer as PromiseLike<unknown>, item);
    } catch (error) {
      throw this.#failure(error, at, item);
    }
  }

  /** As `take`, for a single item that passes. */
  takeOne(reason: Reason, at: number, answer: unknown, item: unknown): false {
    try {
      this.take(reason, at, answer, item);
    } catch (error) {
      this.#input.loop?.fail(error);
    }
    return false;
  }

  /** The source answered a promise, `WAIT`, `END`, or a symbol of the user's as an item. */
  #sourced(answer: unknown): unknown {
    const { source } = this.#head;
    const { STOP } = this.#input;
    if (typeof answer === 'object' && isIndexed(source)) {
      source.suspend?.(answer as PromiseLike<unknown>);
      return STOP;
    }
    const more = answer === WAIT ? this.#waits(-1) : STOP;
    if (more !== WAIT) this.#head.answer(answer);
    return more;
  }

  /** A pull has answered `WAIT`. Only plain pulls call `idle` hooks, so they go on if a later step has one. */
  #waits(at: number): unknown {
    const { meter, segment, STOP } = this.#input;
    const spot = at < 0 ? segment.spot : this.#steps[at]?.spot;
    if (spot) meter?.waits(spot.place);
    return this.#idles(at + 1) ? STOP : WAIT;
  }

  #idles(from: number): boolean {
    return this.#steps.some(({ step }, at) => at >= from && step.idle);
  }

  /** A step or the drain answered a promise, or the drain answered `WAIT`. */
  #promised(at: number, answer: PromiseLike<unknown>, item: unknown): unknown {
    const { drain, loop, STOP } = this.#input;
    const step = this.#steps[at];
    if (step) {
      step.suspend(answer, item);
      if (step.spot && !step.step.expand) step.spot.gone += 1;
      return loop ? this.#waits(at) : STOP;
    }
    if ((answer as unknown) === WAIT) loop?.block();
    else loop?.last.promised(drain?.fold?.later(answer) ?? answer, item);
    return STOP;
  }

  #failure(error: unknown, at: number, item: unknown): unknown {
    if (at < 0) return this.#head.failure(error);
    const pull = this.#steps[at];
    if (!pull) return this.#input.loop?.refusal(error, item);
    pull.item = item;
    // Generated code has already counted an item that it gave to `expand`.
    if (pull.spot && !pull.step.expand) pull.spot.gone += 1;
    return pull.failure(error);
  }
}

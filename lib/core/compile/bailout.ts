import { NullItemError } from '../base/errors.js';
import { isIndexed, WAIT } from '../protocol/pull.js';
import type { CompilableHead, CompilableStep } from '../protocol/segment.js';
import type { CompileInput } from './compile-input.js';

/** Why a generated function leaves off, other than that it has done what it was asked. */
export const REASON = {
  /** Plain pulls must go on, and know how. */
  halted: 1,
  threw: 2,
  /** What a stage answered is no ordinary item: -1 is the source. */
  answered: 3,
  /** The same of what a step has expanded to. */
  expanded: 4,
} as const;

export type Reason = (typeof REASON)[keyof typeof REASON];

/**
 * Goes on where a generated function has left off, with its state where the plain pulls find it: all that is rare. It is
 * not in the text, as V8 peels no loop that holds code which has never run.
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

  /** What whoever called the generated function is to do: see `Burst` and `OnePull`. Throws what has failed. */
  take(why: Reason, at: number, answer: unknown, item: unknown): unknown {
    const { STOP } = this.#input;
    if (why === REASON.halted) return STOP;
    if (why === REASON.threw) throw this.#failure(answer, at, item);
    if (answer === null) throw this.#failure(new NullItemError(), at, item);
    if (why === REASON.expanded) return this.#waits(at);
    try {
      if (at < 0) return this.#sourced(answer);
      return this.#promised(at, answer as PromiseLike<unknown>, item);
    } catch (error) {
      throw this.#failure(error, at, item);
    }
  }

  /** The same for a single item that has come by itself. */
  takeOne(why: Reason, at: number, answer: unknown, item: unknown): false {
    try {
      this.take(why, at, answer, item);
    } catch (error) {
      this.#input.loop?.fail(error);
    }
    return false;
  }

  /** What came of the source: a promise, or there is nothing now, or no more. Or a symbol of the user's. */
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

  /** Steps that hand over what they hold when input is quiet have to hear of it, from the plain pulls. */
  #waits(at: number): unknown {
    const { meter, segment, STOP } = this.#input;
    const spot = at < 0 ? segment.spot : this.#steps[at]?.spot;
    if (spot) meter?.waits(spot.place);
    return this.#idles(at + 1) ? STOP : WAIT;
  }

  #idles(from: number): boolean {
    return this.#steps.some(({ step }, at) => at >= from && step.idle);
  }

  /** A promise, or the drain's `WAIT`. */
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

  #failure(error: unknown, blame: number, item: unknown): unknown {
    if (blame < 0) return this.#head.failure(error);
    const pull = this.#steps[blame];
    if (!pull) return this.#input.loop?.refusal(error, item);
    pull.item = item;
    // An item that `expand` failed on is counted already.
    if (pull.spot && !pull.step.expand) pull.spot.gone += 1;
    return pull.failure(error);
  }
}

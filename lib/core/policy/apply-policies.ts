import type { Drain } from '../protocol/drain.js';
import type { Link, Through } from '../protocol/link.js';
import type { Pull, Pulled } from '../protocol/pull.js';
import { namedStep, type Step } from '../protocol/step.js';
import { ForwardingPull } from '../pulls/forwarding-pull.js';
import type { Callback } from './callback.js';
import { deadLetterDrain, deadLetterStep, deadLetterThrough } from './dead-letter-stage.js';
import { skippingDrain, skippingStep } from './skip.js';

/** The part of a callback that its stage or sink needs to apply the policies. */
export type PolicedCallback = Pick<Callback<never>, 'plain' | 'drops' | 'letters' | 'close'>;

/** Makes the link of a step that calls `callback`. */
export function linkWithPolicies<I, O>(
  step: Step<I, O>,
  { plain, drops, letters, close }: PolicedCallback,
): Link {
  if (plain) return step as Step<never, unknown>;
  const closing = namedStep(step.name, { ...(drops ? skippingStep(step) : step), close });
  return letters ? deadLetterStep(closing as Step<unknown>, letters) : closing;
}

/** Applies the policies of `callback` to a `Through` that calls it. */
export function throughWithPolicies<I, O>(
  make: Through<I, O>['through'],
  { plain, letters, close }: PolicedCallback,
): typeof make {
  if (plain) return make;
  const closing: typeof make = (...place) => new PolicedPull(make(...place), close);
  return letters ? deadLetterThrough(closing, letters) : closing;
}

/** A stage that calls a callback: closing the stage ends the callback's retries, too. */
class PolicedPull<T> extends ForwardingPull<T> {
  readonly #over: () => void;

  constructor(stage: Pull<T>, over: () => void) {
    super(stage);
    this.#over = over;
  }

  pull(): Pulled<T> {
    return this.source.pull();
  }

  override close(): void | Promise<void> {
    this.#over();
    return super.close();
  }
}

/** Applies the policies of `callback` to a drain that calls it. */
export function drainWithPolicies<I, R>(
  drain: Omit<Drain<I, R>, 'name'>,
  { plain, drops, letters, close }: PolicedCallback,
): typeof drain {
  if (plain) return drain;
  const closing: typeof drain = {
    ...(drops ? skippingDrain(drain) : drain),
    close: (error) => {
      close();
      return drain.close?.(error);
    },
  };
  return letters ? deadLetterDrain(closing, letters) : closing;
}

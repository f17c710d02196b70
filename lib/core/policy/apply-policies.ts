import type { Drain } from '../protocol/drain.js';
import type { Link, Through } from '../protocol/link.js';
import { namedStep, type Step } from '../protocol/step.js';
import { NO_WAITS } from '../stall/wait-report.js';
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
  const closing: typeof make = (...place) => {
    const pull = make(...place);
    const closeBoth = (): void | Promise<void> => {
      close();
      return pull.close();
    };
    return { pull: () => pull.pull(), waits: () => pull.waits?.() ?? NO_WAITS, close: closeBoth };
  };
  return letters ? deadLetterThrough(closing, letters) : closing;
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

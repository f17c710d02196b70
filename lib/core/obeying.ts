import type { Callback } from './callback.js';
import type { Drain } from './drain.js';
import { dropping, droppingDrain } from './dropping.js';
import { lettered, letteredDrain, letteredThrough } from './lettered.js';
import type { Link, Through } from './link.js';
import { namedStep, type Step } from './step.js';
import { NOTHING } from './wait.js';

/** A callback, as far as its policies concern whoever calls it. */
export type Calls = Pick<Callback<never>, 'plain' | 'drops' | 'letters' | 'close'>;

/** The link of a step that calls `callback`. */
export function obeyingLink<I, O>(step: Step<I, O>, { plain, drops, letters, close }: Calls): Link {
  if (plain) return step as Step<never, unknown>;
  const obeying = namedStep(step.name, { ...(drops ? dropping(step) : step), close });
  return letters ? lettered(obeying as Step<unknown>, letters) : obeying;
}

/** How a stage that pulls in a way of its own is made, when that calls `callback`. */
export function obeyingThrough<I, O>(
  make: Through<I, O>['through'],
  { plain, letters, close }: Calls,
): typeof make {
  if (plain) return make;
  const closing: typeof make = (...place) => {
    const pull = make(...place);
    const closeBoth = (): void | Promise<void> => {
      close();
      return pull.close();
    };
    return { pull: () => pull.pull(), waits: () => pull.waits?.() ?? NOTHING, close: closeBoth };
  };
  return letters ? letteredThrough(closing, letters) : closing;
}

/** A drain that calls `callback`. */
export function obeyingDrain<I, R>(
  drain: Omit<Drain<I, R>, 'name'>,
  { plain, drops, letters, close }: Calls,
): typeof drain {
  if (plain) return drain;
  const closing: typeof drain = {
    ...(drops ? droppingDrain(drain) : drain),
    close: (error) => {
      close();
      return drain.close?.(error);
    },
  };
  return letters ? letteredDrain(closing, letters) : closing;
}

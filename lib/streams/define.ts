import {
  drainWithPolicies,
  linkWithPolicies,
  type PolicedCallback,
  throughWithPolicies,
} from '../core/policy/apply-policies.js';
import { type Drain, namedDrain } from '../core/protocol/drain.js';
import type { Origin, Through } from '../core/protocol/link.js';
import { namedStep, type Step } from '../core/protocol/step.js';
import { readStreamsBy } from '../core/pulls/iterable-pull.js';
import { madeStream } from './adapters/made-stream.js';
import { Sink } from './sink.js';
import { Source } from './source.js';
import { Stage } from './stage.js';
import type { NameOptions } from './types.js';

readStreamsBy(madeStream);

interface Named {
  readonly name: string;
}

/** The name of a stage: the operator's, with the callback's name if it has one, such as `map(parse)`. */
export function nameOf(operator: string, options?: NameOptions, fn?: Named): string {
  return options?.name ?? (fn?.name ? `${operator}(${fn.name})` : operator);
}

/**
 * Makes the stage of one step. `fn` is the user's callback, if its name is to be part of the stage's. `callback` is the
 * callback with its policies, as the step calls it.
 */
export function stage<I, O>(
  operator: string,
  step: Omit<Step<I, O>, 'name'>,
  options?: NameOptions,
  fn?: Named,
  callback?: PolicedCallback,
): Stage<I, O> {
  const name = nameOf(operator, options, fn);
  const own = namedStep(name, step);
  return new Stage({ name, links: [callback ? linkWithPolicies(own, callback) : own] });
}

/**
 * Makes the stage of a `Through`, which names its own errors; errors from upstream pass unchanged. `fn` and `callback`
 * are as in `stage`.
 */
export function through<I, O>(
  operator: string,
  make: Through<I, O>['through'],
  options?: NameOptions,
  fn?: Named,
  callback?: PolicedCallback,
): Stage<I, O> {
  const name = nameOf(operator, options, fn);
  const own = callback ? throughWithPolicies(make, callback) : make;
  const link: Through<I, O> = { name, transparent: true, through: own };
  return new Stage({ name, links: [link as Through<never, unknown>] });
}

/** Makes the source of one origin. `fn` is as in `stage`. */
export function source<T>(
  operator: string,
  origin: Omit<Origin<T>, 'name'>,
  options?: NameOptions,
  fn?: Named,
): Source<T> {
  const name = nameOf(operator, options, fn);
  return new Source({ name, origin: { ...origin, name }, links: [] });
}

/** Makes the sink of one drain. `fn` and `callback` are as in `stage`. */
export function sink<I, R, A = undefined>(
  operator: string,
  drain: Omit<Drain<I, R>, 'name'>,
  options?: NameOptions,
  fn?: Named,
  callback?: PolicedCallback,
): Sink<I, R, A> {
  const name = nameOf(operator, options, fn);
  const own = callback ? drainWithPolicies(drain, callback) : drain;
  return new Sink({ name, links: [], drain: namedDrain(name, own) });
}

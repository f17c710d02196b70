import type { Callback } from '../core/callback.js';
import type { Origin, Through } from '../core/chain.js';
import type { Drain } from '../core/drain.js';
import { dropping, droppingDrain } from '../core/dropping.js';
import { readStreamsBy } from '../core/iterate.js';
import { lettered, letteredDrain, letteredThrough } from '../core/lettered.js';
import type { Step } from '../core/step.js';
import { madeStream } from './made-stream.js';
import { Sink } from './sink.js';
import { Source } from './source.js';
import { Stage } from './stage.js';
import type { NameOptions } from './types.js';

readStreamsBy(madeStream);

interface Named {
  readonly name: string;
}

type Calls = Pick<Callback<never>, 'plain' | 'drops' | 'letters' | 'close'>;

/** `map(parse)` says more than `map`: the callback's name, if it has one, belongs to the stage's. */
export function nameOf(operator: string, options?: NameOptions, fn?: Named): string {
  return options?.name ?? (fn?.name ? `${operator}(${fn.name})` : operator);
}

/**
 * The stage of one step. `fn` is the user's callback, if there is one and it names the stage; `callback` is what the
 * step calls, with its policies.
 */
export function stage<I, O>(
  operator: string,
  step: Omit<Step<I, O>, 'name'>,
  options?: NameOptions,
  fn?: Named,
  callback?: Calls,
): Stage<I, O> {
  const name = nameOf(operator, options, fn);
  const obeying = callback && !callback.plain ? obey(step, callback) : step;
  const link = { ...obeying, name } as Step<never, unknown>;
  const letters = callback?.letters;
  return new Stage({ name, links: [letters ? lettered(link as Step<unknown>, letters) : link] });
}

const obey = <I, O>(step: Omit<Step<I, O>, 'name'>, { drops, close }: Calls): typeof step => ({
  ...(drops ? dropping(step) : step),
  close,
});

/** The stage that pulls in a way of its own, and names its own errors: those of what is upstream pass as they are.
 * `fn` and `callback` are as in `stage`. */
export function through<I, O>(
  operator: string,
  make: Through<I, O>['through'],
  options?: NameOptions,
  fn?: Named,
  callback?: Calls,
): Stage<I, O> {
  const name = nameOf(operator, options, fn);
  const obeying = callback && !callback.plain ? obeyThrough(make, callback) : make;
  const link: Through<I, O> = { name, transparent: true, through: obeying };
  return new Stage({ name, links: [link as Through<never, unknown>] });
}

const obeyThrough = <I, O>(
  make: Through<I, O>['through'],
  { letters, close }: Calls,
): typeof make => {
  const closing: typeof make = (...place) => {
    const pull = make(...place);
    const closeBoth = (): void | Promise<void> => {
      close();
      return pull.close();
    };
    return { pull: () => pull.pull(), close: closeBoth };
  };
  return letters ? letteredThrough(closing, letters) : closing;
};

/** The source of one origin. `fn` is as in `stage`. */
export function source<T>(
  operator: string,
  origin: Omit<Origin<T>, 'name'>,
  options?: NameOptions,
  fn?: Named,
): Source<T> {
  const name = nameOf(operator, options, fn);
  return new Source({ name, origin: { ...origin, name }, links: [] });
}

/** The sink of one drain. `fn` and `callback` are as in `stage`. */
export function sink<I, R, A = undefined>(
  operator: string,
  drain: Omit<Drain<I, R>, 'name'>,
  options?: NameOptions,
  fn?: Named,
  callback?: Calls,
): Sink<I, R, A> {
  const name = nameOf(operator, options, fn);
  const obeying = callback && !callback.plain ? obeyInDrain(drain, callback) : drain;
  return new Sink({ name, links: [], drain: { ...obeying, name } });
}

const obeyInDrain = <I, R>(
  drain: Omit<Drain<I, R>, 'name'>,
  { drops, letters, close }: Calls,
): typeof drain => {
  const dropped = { ...(drops ? droppingDrain(drain) : drain), close };
  return letters ? letteredDrain(dropped, letters) : dropped;
};

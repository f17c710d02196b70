import { attempt, isThenable } from '../base/thenable.js';
import type { Drain } from '../protocol/drain.js';
import { SKIP } from '../protocol/pull.js';
import type { Step } from '../protocol/step.js';

type Body<S> = Omit<S, 'name'>;

/** Handles what a callback threw: answers `nothing` for `SKIP`, and throws anything else. */
export const onSkip =
  <T>(nothing: T) =>
  (thrown: unknown): T => {
    if (thrown === SKIP) return nothing;
    throw thrown;
  };

/** A step whose callback may throw `SKIP`: the item is dropped, and the state of the step stays as it was. */
export function skippingStep<I, O>(step: Body<Step<I, O>>): Body<Step<I, O>> {
  const { map, test, tap, fold, expand, ...hooks } = step;
  if (expand) {
    const dropped = onSkip<Iterable<O>>([]);
    const asItIs = <T>(items: T): T => items;
    return {
      ...hooks,
      expand: (item, context) => attempt(() => expand(item, context), asItIs, dropped),
    };
  }
  const call: NonNullable<Step<I, unknown>['map']> =
    map ?? test ?? tap ?? ((item, context) => fold?.take(item, context));
  const settle = (answer: unknown, item: I): unknown => {
    if (tap || (test && answer)) return item;
    return test ? SKIP : answer;
  };
  const dropped = onSkip<unknown>(SKIP);
  const mapped: Body<Step<I, unknown>> = {
    ...hooks,
    map: (item, context) => {
      try {
        const answer = call(item, context);
        if (!isThenable(answer)) return settle(answer, item);
        return Promise.resolve(answer).then((value) => settle(value, item), dropped);
      } catch (thrown) {
        return dropped(thrown);
      }
    },
  };
  return mapped as Body<Step<I, O>>;
}

/** A drain whose callback may throw `SKIP`: the item is taken, but does not count. */
export function skippingDrain<I, R>(drain: Body<Drain<I, R>>): Body<Drain<I, R>> {
  // Without `fold`: generated code would call the fold's callback directly, and not handle `SKIP`.
  const { fold, ...rest } = drain;
  const asItIs = (answer: unknown): unknown => answer;
  const dropped = onSkip<unknown>(undefined);
  return {
    ...rest,
    take: (item, context) => attempt(() => drain.take(item, context), asItIs, dropped),
  };
}

import { isThenable } from '../../core/base/thenable.js';
import { drainWithPolicies, type PolicedCallback } from '../../core/policy/apply-policies.js';
import type { Callback } from '../../core/policy/callback.js';
import type { KeyOf } from '../../core/policy/keyed.js';
import { onSkip } from '../../core/policy/skip.js';
import type { Context } from '../../core/protocol/context.js';
import { namedDrain } from '../../core/protocol/drain.js';
import { Sink } from '../../streams/sink.js';
import { NO_BRANCHES } from './audience.js';
import type { BranchDrain } from './branch-drain.js';
import type { Picked, Picking, Rule } from './rule.js';

const pickNone = onSkip<Picked>(NO_BRANCHES);

/** Makes a `pick` of a callback: picks by the callback's answer. An item that the callback drops goes to no branch. */
export const pickBy =
  <T, K>(
    { fn }: Callback<KeyOf<T, K>>,
    pick: (answer: K, context: Context) => Picking,
  ): Rule['pick'] =>
  (item, context) => {
    try {
      const key = fn(item as T, context);
      if (!isThenable(key)) return pick(key as K, context);
      return Promise.resolve(key).then((found) => pick(found, context) as Picked, pickNone);
    } catch (thrown) {
      return pickNone(thrown);
    }
  };

/** Makes the sink of a drain that picks by `route`. */
export function routed(drain: BranchDrain, route: PolicedCallback): Sink<unknown, unknown> {
  const { name } = drain;
  if (route.plain) return new Sink({ name, links: [], drain });
  const record = {
    transparent: drain.transparent,
    take: drain.take,
    rest: drain.rest.bind(drain),
    open: drain.open.bind(drain),
    done: drain.done.bind(drain),
    wanting: drain.wanting.bind(drain),
    end: drain.end.bind(drain),
    close: drain.close.bind(drain),
  };
  return new Sink({ name, links: [], drain: namedDrain(name, drainWithPolicies(record, route)) });
}

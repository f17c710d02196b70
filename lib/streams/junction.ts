import type { StageRef } from '../core/base/errors.js';
import { validateOptions } from '../core/base/validate.js';
import { openInput } from '../core/chain/chain.js';
import type { Host } from '../core/protocol/host.js';
import type { Pull } from '../core/protocol/pull.js';
import { readArguments } from './arguments.js';
import { sourcePlan } from './plans.js';
import { Source } from './source.js';
import type { NameOptions } from './types.js';

/**
 * Makes a source over several sources. They all run in the loop that reads it, each with a segment of its own. `own`
 * are the names of its options other than `name`.
 */
export function junction<T, O extends NameOptions = NameOptions>(
  operator: string,
  args: readonly unknown[],
  join: (inputs: readonly Pull<unknown>[], options: O, host: Host) => Pull<T>,
  own: readonly (keyof O & string)[] = [],
): Source<T> {
  const { parts, options } = readArguments<O>(operator, args, 1);
  validateOptions(operator, options, own);
  const name = options.name ?? operator;
  const plans = parts.map((part) => sourcePlan(operator, part));
  const open = (host: Host, stage: StageRef): Pull<T> =>
    join(
      plans.map((plan, at) => openInput(plan, host, { stage, side: 'input', at })),
      options,
      host,
    );
  return new Source({ name, origin: { name, transparent: true, open }, links: [] });
}

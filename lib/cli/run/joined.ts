import type { Source } from '../../streams/source.js';
import { load } from '../library/library.js';
import type { Plan } from '../plan/plan.js';

/** One source of all inputs, joined as the command says. */
export async function joined(
  { command = 'concat', join, mergeBy }: Pick<Plan, 'command' | 'join' | 'mergeBy'>,
  sources: readonly Source<unknown>[],
): Promise<Source<unknown>> {
  if (join) {
    const [left, right] = sources as readonly [Source<unknown>, Source<unknown>];
    return (await load('join')).join(left, right, join);
  }
  if (mergeBy) return (await load('mergeSorted')).mergeSorted(...sources, { by: mergeBy });
  const name = command as Exclude<typeof command, 'join'>;
  const all: (...sources: Source<unknown>[]) => Source<unknown> = (await load(name))[name];
  return all(...sources);
}

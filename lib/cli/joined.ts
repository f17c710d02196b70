import type { Source } from '../streams/source.js';
import type { Plan } from './plan.js';

type Library = typeof import('../index.js');

/** One source of all inputs, as the command says. */
export function joined(
  { command = 'concat', join, mergeBy }: Pick<Plan, 'command' | 'join' | 'mergeBy'>,
  sources: readonly Source<unknown>[],
  library: Library,
): Source<unknown> {
  if (join) {
    const [left, right] = sources as readonly [Source<unknown>, Source<unknown>];
    return library.join(left, right, join);
  }
  if (mergeBy) return library.mergeSorted(...sources, { by: mergeBy });
  const all: (...sources: Source<unknown>[]) => Source<unknown> =
    library[command as Exclude<typeof command, 'join'>];
  return all(...sources);
}

import { validateOptions } from '../core/base/validate.js';
import { SKIP } from '../core/protocol/pull.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Pairs each item with the one before it, as `[previous, current]`.
 *
 * Emits: a pair for each item from the second on.   Holds: the last item.
 * Ends: with its input; a single item makes no pair.
 *
 * @example
 * await pipeline([1, 4, 9], pairwise(), toArray()) // [[1, 4], [4, 9]]
 */
export function pairwise<T>(options?: NameOptions): Stage<T, [previous: T, current: T]> {
  validateOptions('pairwise', options);
  let held: { readonly item: T } | undefined;
  let paired = false;
  const pair = (current: T): [T, T] | typeof SKIP => {
    const previous = held;
    held = { item: current };
    if (!previous) return SKIP;
    paired = true;
    return [previous.item, current];
  };
  return stage<T, [T, T]>(
    'pairwise',
    // Only a first item without a pair counts as held: every later item is also in a pair that was emitted.
    { map: pair, held: () => (held && !paired ? 1 : 0) },
    options,
  );
}

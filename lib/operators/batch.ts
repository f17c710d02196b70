import { SKIP } from '../core/pull.js';
import { requireCount } from '../core/require.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Groups consecutive items into arrays of `size`.
 *
 * Emits: an array each time `size` items have arrived.   Holds: at most `size - 1` items.
 * Ends: with its input, after a shorter last array if any items are held.
 *
 * @param size items per array; an integer from 1.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `size` is out of range.
 * @example
 * await pipeline(range(0, 5), batch(2), toArray()) // [[0, 1], [2, 3], [4]]
 */
export function batch<T>(size: number, options?: NameOptions): Stage<T, T[]> {
  requireCount('batch', 'size', size, 1);
  let held: T[] = [];
  const letGo = (): T[] => {
    const full = held;
    held = [];
    return full;
  };
  return stage<T, T[]>(
    'batch',
    {
      map: (item) => (held.push(item) < size ? SKIP : letGo()),
      end: () => (held.length > 0 ? [letGo()] : []),
      held: () => held.length,
    },
    options,
  );
}

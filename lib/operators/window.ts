import { validateCount, validateOptions } from '../core/base/validate.js';
import { SKIP } from '../core/protocol/pull.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Emits, for each item, an array of that item and the `size - 1` items before it, oldest first. Every array has `size`
 * items and is a new one, which the reader may change.
 *
 * Emits: an array for each item, beginning with item number `size`.   Holds: the last `size - 1` items.
 * Ends: with its input. Fewer than `size` items make no array.
 *
 * @param size items per array; an integer from 1.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `size` is out of range.
 * @example
 * await pipeline(range(0, 5), window(3), toArray()) // [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
 */
export function window<T>(size: number, options?: NameOptions): Stage<T, T[]> {
  validateCount('window', 'size', size, 1);
  validateOptions('window', options);
  let latest: T[] = [];
  let filling = true;
  const slide = (): T[] => {
    const full = latest;
    latest = full.slice(1);
    filling = false;
    return full;
  };
  return stage<T, T[]>(
    'window',
    {
      map: (item) => (latest.push(item) < size ? SKIP : slide()),
      // Only items before the first array count as held: every later item is also in an array that was emitted.
      held: () => (filling ? latest.length : 0),
    },
    options,
  );
}

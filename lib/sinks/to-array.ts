import { validateOptions } from '../core/base/validate.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Results in an array of all items.
 *
 * Holds: every item.
 *
 * @example
 * await pipeline(range(0, 3), toArray()) // [0, 1, 2]
 */
export function toArray<T>(options?: NameOptions): Sink<T, T[]> {
  validateOptions('toArray', options);
  const items: T[] = [];
  return sink<T, T[]>(
    'toArray',
    { take: (item) => void items.push(item), end: () => items },
    options,
  );
}

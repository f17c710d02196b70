import { validateOptions } from '../core/base/validate.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Results in the number of items.
 *
 * Holds: the number so far.
 *
 * @example
 * await pipeline(['a', 'b', 'c'], count()) // 3
 */
export function count<T>(options?: NameOptions): Sink<T, number> {
  validateOptions('count', options);
  let items = 0;
  const add = (): void => {
    items += 1;
  };
  return sink<T, number>('count', { take: add, end: () => items }, options);
}

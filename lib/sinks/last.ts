import { validateOptions } from '../core/base/validate.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Results in the last item, or in `undefined` when there is none.
 *
 * Holds: the latest item.
 *
 * @example
 * await pipeline(range(0, 5), last()) // 4
 */
export function last<T>(options?: NameOptions): Sink<T, T | undefined> {
  validateOptions('last', options);
  let latest: T | undefined;
  const keep = (item: T): void => {
    latest = item;
  };
  return sink<T, T | undefined>('last', { take: keep, end: () => latest }, options);
}

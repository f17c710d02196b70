import { validateOptions } from '../core/base/validate.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Results in the first item, or in `undefined` when there is none.
 *
 * Holds: nothing.
 * Ends: at that item. It asks for no more, and closes its input.
 *
 * @example
 * await pipeline(range(5, 100), first()) // 5
 */
export function first<T>(options?: NameOptions): Sink<T, T | undefined> {
  validateOptions('first', options);
  let found: { readonly item: T } | undefined;
  const keep = (item: T): void => {
    found = { item };
  };
  return sink<T, T | undefined>(
    'first',
    { take: keep, done: () => found !== undefined, end: () => found?.item },
    options,
  );
}

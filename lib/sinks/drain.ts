import { validateOptions } from '../core/base/validate.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Reads all items and drops them; results in `undefined`.
 *
 * Holds: nothing.
 *
 * @example
 * await pipeline(range(0, 3), drain()) // undefined
 */
export function drain<T>(options?: NameOptions): Sink<T, void> {
  validateOptions('drain', options);
  return sink<T, void>('drain', { take: () => undefined }, options);
}

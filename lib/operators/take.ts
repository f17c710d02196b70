import { validateCount, validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Passes the first `count` items.
 *
 * Emits: each of them as it arrives.
 * Ends: with the last of them. It asks for no more, and closes its input.
 *
 * @param count items; an integer from 0.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `count` is out of range.
 * @example
 * await pipeline(range(0, 100), take(3), toArray()) // [0, 1, 2]
 */
export function take<T>(count: number, options?: NameOptions): Stage<T, T> {
  validateCount('take', 'count', count);
  validateOptions('take', options);
  let left = count;
  const countDown = (): true => {
    left -= 1;
    return true;
  };
  return stage<T, T>('take', { test: countDown, done: () => left === 0 }, options);
}

import { validateCount, validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Drops the first `count` items.
 *
 * Emits: each item after those.
 *
 * @param count items; an integer from 0.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `count` is out of range.
 * @example
 * await pipeline(range(0, 5), drop(3), toArray()) // [3, 4]
 */
export function drop<T>(count: number, options?: NameOptions): Stage<T, T> {
  validateCount('drop', 'count', count);
  validateOptions('drop', options);
  let left = count;
  const countDown = (): boolean => {
    if (left === 0) return true;
    left -= 1;
    return false;
  };
  return stage<T, T>('drop', { test: countDown }, options);
}

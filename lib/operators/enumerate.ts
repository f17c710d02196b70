import { validateCount, validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `enumerate`. */
export interface EnumerateOptions extends NameOptions {
  /** The first item's index; an integer from 0. Default 0. */
  readonly start?: number | undefined;
}

/**
 * Pairs each item with its index, as `[index, item]`.
 *
 * Emits: a pair for each item.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `start` is out of range.
 * @example
 * await pipeline(['a', 'b'], enumerate({ start: 1 }), toArray()) // [[1, 'a'], [2, 'b']]
 */
export function enumerate<T>(options: EnumerateOptions = {}): Stage<T, [index: number, item: T]> {
  validateOptions('enumerate', options, ['start']);
  const { start = 0 } = options;
  validateCount('enumerate', 'start', start);
  let next = start;
  const count = (item: T): [number, T] => {
    const index = next;
    next += 1;
    return [index, item];
  };
  return stage<T, [number, T]>('enumerate', { map: count }, options);
}

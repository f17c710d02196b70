import {
  validateCount,
  validateFunction,
  validateOneOf,
  validateOptions,
} from '../core/base/validate.js';
import type { Context } from '../core/protocol/context.js';
import { through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { BufferPull, type Overflow } from './buffer-pull.js';

/** Options of `buffer`. */
export interface BufferOptions<T> extends NameOptions {
  /** How many items are held; an integer from 1. */
  readonly size: number;
  /**
   * What happens when the buffer is full: `block` makes the source wait, `drop-oldest` drops the item held longest,
   * `drop-newest` drops the arriving item. Default `block`.
   */
  readonly when?: Overflow | undefined;
  /** Called with `(item, { signal })` for each dropped item; a returned promise is awaited. */
  readonly onDrop?: ((item: T, context: Context) => unknown) | undefined;
}

/**
 * Passes every item through a buffer of `size` items: upstream runs on while downstream is busy.
 *
 * Emits: an item as soon as it holds one.   Holds: at most `size` items. When full, it drops an item if `when` says so,
 * and calls `onDrop` with it; `send` of a dropped item resolves to `undefined`.
 * Waits: with `block`, while it is full.   Ends: with its input, after the items it holds.
 * Fails: at once when its input fails, or when `onDrop` throws or rejects; the items it holds are dropped.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `size` or `when` is out of range, or `onDrop` is no
 * function.
 * @example
 * await pipeline(range(0, 3), buffer({ size: 16 }), toArray()) // [0, 1, 2]
 */
export function buffer<T>(options: BufferOptions<T>): Stage<T, T> {
  validateOptions('buffer', options, ['size', 'when', 'onDrop']);
  const { size, when = 'block', onDrop = () => {} } = options ?? {};
  validateCount('buffer', 'size', size, 1);
  validateOneOf('buffer', 'when', when, ['block', 'drop-oldest', 'drop-newest']);
  validateFunction('buffer', 'onDrop', onDrop);
  return through<T, T>(
    'buffer',
    (upstream, host, ref) => new BufferPull<T>(upstream, host, ref, { size, when, onDrop }),
    options,
  );
}

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
   * What is done when there is no room: `block` lets the source wait, `drop-oldest` drops the item held longest,
   * `drop-newest` the one that has come. Default `block`.
   */
  readonly when?: Overflow | undefined;
  /** Called with `(item, { signal })` for each item that is dropped; a promise is waited for. */
  readonly onDrop?: ((item: T, context: Context) => unknown) | undefined;
}

/**
 * Every item, with room for `size` of them between the two sides: what is upstream goes on by itself while what is
 * downstream is busy.
 *
 * Emits: whatever is there.   Holds: at most `size` items; what has no room is dropped, if `when` says so, and told to
 * `onDrop`. A send of a dropped item is answered with `undefined`.
 * Waits: with `block`, while it holds that many.   Ends: with its input, after the items it holds.
 * Fails: at once when its input does, or `onDrop` throws or rejects; what is held is dropped.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `size` or `when` is out of range, or `onDrop` no function.
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

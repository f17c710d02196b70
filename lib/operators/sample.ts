import { refusePromise } from '../core/base/thenable.js';
import { validateCount, validateFunction, validateOptions } from '../core/base/validate.js';
import { SKIP } from '../core/protocol/pull.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `sample`. */
export interface SampleOptions extends NameOptions {
  /**
   * Returns a number from 0 up to, and not including, 1. Default `Math.random`; a seeded function makes the sample
   * repeatable.
   */
  readonly random?: (() => number) | undefined;
}

/**
 * Picks `size` items at random, each with the same probability, and keeps their order. Fewer items are all picked.
 *
 * Emits: when its input has ended.   Holds: at most `size` items.   Fails: when `random` throws.
 *
 * Inside `push`, `send` resolves to `undefined` as soon as this stage takes the item; `close` reports later failures.
 *
 * @param size items to pick; an integer from 0.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `size` is out of range, or `random` is no function.
 * @example
 * await pipeline(range(0, 3), sample(5), toArray()) // [0, 1, 2]
 * await pipeline(range(0, 9), sample(2, { random: () => 0 }), toArray()) // [1, 8]
 */
export function sample<T>(size: number, options: SampleOptions = {}): Stage<T, T> {
  validateCount('sample', 'size', size);
  validateOptions('sample', options, ['random']);
  const { random = Math.random } = options;
  validateFunction('sample', 'random', random);
  const chance = (): number => {
    const answer = random();
    if (typeof answer !== 'number') refusePromise(answer, 'a number of random');
    return answer;
  };
  const picked: { item: T; index: number }[] = [];
  let items = 0;
  const pick = (item: T): void => {
    const index = items;
    items += 1;
    // Reservoir sampling: item number n is picked with probability size / n, and replaces a random picked item.
    const place = index < size ? index : Math.floor(chance() * items);
    if (place < size) picked[place] = { item, index };
  };
  return stage<T, T>(
    'sample',
    {
      map: (item) => {
        pick(item);
        return SKIP;
      },
      end: () => picked.sort((a, b) => a.index - b.index).map(({ item }) => item),
    },
    options,
  );
}

import { every } from '../../lib/sinks/every.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { endsEarly } from '../helpers/ends-early.js';
import { sinkGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

const answers = [
  ['all answers are true', [true, true], true],
  ['one answer is false', [true, false, true], false],
  ['all answers are false', [false, false], false],
  ['all answers are true by their value', [1, 'yes', {}], true],
  ['an answer is false by its value', [1, '', 1], false],
  ['there are no items', [], true],
] as const;

describe('every', () => {
  for (const [when, items, result] of answers) {
    const wrapped = items.map((item) => ({ item }));
    sinkGives(
      `every(fn) results in ${result} when ${when}`,
      wrapped,
      () => every(({ item }) => item),
      result,
    );
    sinkGives(
      `every(fn) results in ${result} when ${when}, in promises`,
      wrapped,
      () => every(async ({ item }) => item),
      result,
    );
  }
  endsEarly('every(fn) ends with the item that settles it', () => every((x) => x !== 3), 4, false);
  endsEarly(
    'every(fn) ends with the item a promise settles it by',
    () => every(async (x) => x !== 3),
    4,
    false,
  );
  itemCallback({
    operator: 'every',
    goOn: true,
    run: (items, fn, options) => pipeline(items, every(fn, options)),
  });

  it('every infers its items', async () => {
    typed<boolean>()(
      await pipeline(
        range(0, 3),
        every((x) => typed<number>()(x) > 5),
      ),
    );
  });
});

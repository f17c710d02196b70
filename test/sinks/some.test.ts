import { some } from '../../lib/sinks/some.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { endsEarly } from '../helpers/ends-early.js';
import { sinkGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

const answers = [
  ['one answer is true', [false, true, false], true],
  ['all answers are true', [true, true], true],
  ['no answer is true', [false, false], false],
  ['an answer is true by its value', [0, 'yes', 0], true],
  ['no answer is true by its value', [0, '', null, undefined, Number.NaN], false],
  ['there are no items', [], false],
] as const;

describe('some', () => {
  for (const [when, items, result] of answers) {
    const wrapped = items.map((item) => ({ item }));
    sinkGives(
      `some(fn) results in ${result} when ${when}`,
      wrapped,
      () => some(({ item }) => item),
      result,
    );
    sinkGives(
      `some(fn) results in ${result} when ${when}, in promises`,
      wrapped,
      () => some(async ({ item }) => item),
      result,
    );
  }
  endsEarly('some(fn) ends with the item that settles it', () => some((x) => x === 3), 4, true);
  endsEarly(
    'some(fn) ends with the item a promise settles it by',
    () => some(async (x) => x === 3),
    4,
    true,
  );
  itemCallback({
    operator: 'some',
    goOn: false,
    run: (items, fn, options) => pipeline(items, some(fn, options)),
  });

  it('some infers its items', async () => {
    typed<boolean>()(
      await pipeline(
        range(0, 3),
        some((x) => typed<number>()(x) > 5),
      ),
    );
  });
});

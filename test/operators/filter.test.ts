import { filter } from '../../lib/operators/filter.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

const falsy = [false, 0, '', undefined, null, Number.NaN, 0n];
const truthy = [true, 1, 'no', {}, [], Symbol('s')];

describe('filter', () => {
  stageGives(
    'filter(fn) keeps the items for which fn answers something true',
    [...falsy, ...truthy].map((answer) => ({ answer })),
    () => filter((item) => item.answer),
    truthy.map((answer) => ({ answer })),
  );
  stageGivesLater(
    'filter(fn) waits for a promise, and goes by what it resolves to',
    [...falsy, ...truthy].map((answer) => ({ answer })),
    () => filter(async (item) => item.answer),
    truthy.map((answer) => ({ answer })),
  );
  stageGives(
    'filter(fn) keeps undefined, 0 and "" when fn does',
    [undefined, 0, ''],
    () => filter(() => true),
    [undefined, 0, ''],
  );
  stageGives('filter(fn) of nothing emits nothing', [], () => filter(() => true), []);
  itemCallback({
    operator: 'filter',
    goOn: true,
    run: (items, fn, options) => pipeline(items, filter(fn, options), toArray()),
  });

  it("filter narrows its items by fn's type guard", async () => {
    const mixed: (string | number)[] = [1, 'a'];
    typed<string[]>()(
      await pipeline(
        mixed,
        filter((item) => typeof item === 'string'),
        toArray(),
      ),
    );
    typed<(string | number)[]>()(
      await pipeline(
        mixed,
        filter((item) => typed<string | number>()(item) !== 2),
        toArray(),
      ),
    );
  });
});

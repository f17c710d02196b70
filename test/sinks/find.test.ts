import { expect } from 'chai';
import { find } from '../../lib/sinks/find.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { endsEarly } from '../helpers/ends-early.js';
import { sinkGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

describe('find', () => {
  sinkGives(
    'find(fn) results in the first item for which fn answers something true',
    [1, 6, 7],
    () => find((x) => x > 5),
    6,
  );
  sinkGives(
    'find(fn) waits for a promise, and goes by what it resolves to',
    [1, 6, 7],
    () => find(async (x) => x > 5),
    6,
  );
  sinkGives(
    'find(fn) goes by whether the answer is true, not by its type',
    ['', 'a'],
    () => find((text) => text),
    'a',
  );
  sinkGives(
    'find(fn) results in undefined when there is none',
    [1, 2],
    () => find((x) => x > 5),
    undefined,
  );
  sinkGives('find(fn) of nothing results in undefined', [], () => find(() => true), undefined);
  endsEarly('find(fn) ends with the item', () => find((x) => x === 3), 4, 3);
  endsEarly('find(fn) ends with the item a promise finds', () => find(async (x) => x === 3), 4, 3);
  itemCallback({
    operator: 'find',
    goOn: false,
    run: (items, fn, options) => pipeline(items, find(fn, options)),
  });

  it('find(fn) ends with an item that is undefined', async () => {
    const asked: unknown[] = [];
    const missing = find((item: unknown) => asked.push(item) === 2);
    expect(await pipeline([1, undefined, 3], missing)).to.equal(undefined);
    expect(asked).to.deep.equal([1, undefined]);
  });

  it("find narrows its result by fn's type guard", async () => {
    const mixed: (string | number)[] = [1, 'a'];
    typed<string | undefined>()(
      await pipeline(
        mixed,
        find((item) => typeof item === 'string'),
      ),
    );
    typed<number | undefined>()(
      await pipeline(
        range(0, 3),
        find((x) => typed<number>()(x)),
      ),
    );
  });
});

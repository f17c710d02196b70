import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { NullItemError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('map', () => {
  stageGives(
    'map(fn) emits what fn makes of each item',
    [1, 2],
    () => map((x) => x * 10),
    [10, 20],
  );
  stageGives('map(fn) of nothing emits nothing', [], () => map((x) => x), []);
  stageGives(
    'map(parseInt) gives parseInt no index',
    ['1', '2'],
    () => map(parseInt as (text: string) => number),
    [1, 2],
  );
  stageGivesLater(
    'map(fn) keeps the order when a later promise is ready first',
    [2, 1, 0],
    () =>
      map(async (turns) => {
        for (let at = 0; at < turns; at += 1) await turn();
        return turns;
      }),
    [2, 1, 0],
  );
  stageGivesLater(
    'map(fn) waits for promises and takes plain values as they are',
    [0, 1, 2],
    () => map((x) => (x === 1 ? Promise.resolve('later') : 'now')),
    ['now', 'later', 'now'],
  );
  itemCallback({
    operator: 'map',
    goOn: 'next',
    run: (items, fn, options) => pipeline(items, map(fn, options), toArray()),
  });

  it('map infers its items', async () => {
    typed<string[]>()(
      await pipeline(
        range(0, 3),
        map(async (x) => typed<number>()(x)),
        map((x) => String(typed<number>()(x))),
        toArray(),
      ),
    );
  });

  for (const [how, answer] of [
    ['null', () => null],
    ['a promise of null', async () => null],
  ] as const) {
    it(`map(fn) fails when fn answers ${how}`, async () => {
      const error = await stageFailure(pipeline(['a'], map(answer, { name: 'm' }), toArray()));
      expect(error.stage.name).to.equal('m');
      expect(error.cause).to.be.instanceOf(NullItemError);
    });
  }
});

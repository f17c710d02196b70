import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { NullItemError } from '../../lib/core/errors.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { first } from '../../lib/sinks/first.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { callbackContract } from '../helpers/callback-contract.js';
import { Counted } from '../helpers/counted.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

const twice = async function* (item: number) {
  yield item;
  await turn();
  yield item;
};

describe('flatMap', () => {
  stageGives(
    'flatMap(fn) emits the items of each array in turn',
    [0, 1, 3],
    () => flatMap((count) => Array<number>(count).fill(count)),
    [1, 3, 3, 3],
  );
  stageGives(
    'flatMap(fn) emits the items of any iterable',
    ['ab', 'b'],
    () => flatMap((word) => new Set(word)),
    ['a', 'b', 'b'],
  );
  stageGives(
    'flatMap(fn) opens one level only',
    [1, 2],
    () => flatMap((x) => [[x]]),
    [[1], [2]],
  );
  stageGives('flatMap(fn) of nothing emits nothing', [], () => flatMap(() => [1]), []);
  stageGives('flatMap(fn) emits nothing for empty iterables', [1, 2], () => flatMap(() => []), []);
  stageGivesLater(
    'flatMap(fn) emits the items of async iterables in turn',
    [1, 2],
    () => flatMap(twice),
    [1, 1, 2, 2],
  );
  stageGivesLater(
    'flatMap(fn) waits for a promise of an iterable or async iterable',
    [1, 2],
    () => flatMap(async (x) => (x === 1 ? [x] : twice(x))),
    [1, 2, 2],
  );
  stageGives(
    'flatMap(fn) takes an infinite iterable one item at a time',
    [5],
    () => flatMap((x) => range(x, Number.POSITIVE_INFINITY)),
    [],
  );
  callbackContract({
    operator: 'flatMap',
    goOn: [],
    run: (items, fn, options) => pipeline(items, flatMap(fn as () => [], options), toArray()),
  });

  it('flatMap infers its items', async () => {
    typed<string[]>()(
      await pipeline(
        range(0, 3),
        flatMap((x) => [typed<number>()(x)]),
        flatMap(async function* (x) {
          yield String(typed<number>()(x));
        }),
        toArray(),
      ),
    );
  });
});

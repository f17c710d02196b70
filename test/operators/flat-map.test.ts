import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { NullItemError } from '../../lib/core/base/errors.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { first } from '../../lib/sinks/first.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
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
  stageGives('flatMap(fn) opens one level only', [1, 2], () => flatMap((x) => [[x]]), [[1], [2]]);
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
  stageGivesLater(
    'flatMap(fn) emits the items of sources',
    [2, 4],
    () => flatMap((end) => range(end - 2, end)),
    [0, 1, 2, 3],
  );
  itemCallback({
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

  for (const kind of ['items', 'later'] as const) {
    const what = kind === 'items' ? 'iterable' : 'async iterable';

    it(`flatMap(fn) takes from an infinite ${what} only what is asked for, then closes it`, async () => {
      const counted = new Counted();
      const taken = await pipeline(
        ['go'],
        flatMap(() => counted[kind]()),
        take(3),
        toArray(),
      );
      expect(taken).to.deep.equal([0, 1, 2]);
      expect(counted).to.deep.equal({ asked: 3, closed: true });
    });

    it(`flatMap(fn) closes the ${what} at hand when a later stage fails`, async () => {
      const counted = new Counted();
      const fail = map(() => {
        throw new Error('broken on purpose');
      });
      const run = pipeline(
        ['go'],
        flatMap(() => counted[kind]()),
        fail,
        toArray(),
      );
      await rejection(run);
      expect(counted).to.deep.equal({ asked: 1, closed: true });
    });
  }

  it('flatMap(fn) does not ask fn for the next iterable before it needs it', async () => {
    const asked: number[] = [];
    const words = flatMap((x: number) => {
      asked.push(x);
      return [x];
    });
    expect(await pipeline(range(0, 9), words, first())).to.equal(0);
    expect(asked).to.deep.equal([0]);
  });

  it('flatMap(fn) is lazy in pull as well', () => {
    const counted = new Counted();
    const items = pull(
      ['go'],
      flatMap(() => counted.items()),
    );
    expect(counted.asked).to.equal(0);
    expect(items.next().value).to.equal(0);
    items.return?.();
    expect(counted).to.deep.equal({ asked: 1, closed: true });
  });

  for (const answer of [undefined, 5, null, {}, Promise.resolve(5)]) {
    const what = answer instanceof Promise ? 'a promise of 5' : JSON.stringify(answer);
    it(`flatMap(fn) fails when fn answers ${what ?? 'undefined'}, no iterable`, async () => {
      const answering = () => answer as never;
      const error = await stageFailure(pipeline(['a'], flatMap(answering), toArray()));
      expect(error.stage.name).to.equal('flatMap(answering)');
      expect(error.item).to.equal('a');
      expect(error.cause).to.be.instanceOf(TypeError);
      expect(error.message).to.contain('expected an iterable or async iterable');
    });
  }

  const cause = new Error('broken on purpose');
  const failing = {
    'an iterable throws': function* () {
      yield 1;
      throw cause;
    },
    'an async iterable throws': async function* () {
      yield 1;
      throw cause;
    },
    'a promise among the items rejects': () => [1, Promise.reject(cause)],
  };
  for (const [what, fn] of Object.entries(failing)) {
    it(`flatMap(fn) fails, naming itself and the item, when ${what}`, async () => {
      const answer: () => Iterable<unknown> | AsyncIterable<unknown> = () => fn();
      const error = await stageFailure(pipeline(['a', 'b'], flatMap(answer), toArray()));
      expect(error.stage).to.deep.equal({ name: 'flatMap(answer)', position: 1 });
      expect(error).to.include({ index: 0, item: 'a', cause });
    });
  }

  it('flatMap(fn) fails when an iterable holds null', async () => {
    const error = await stageFailure(
      pipeline(
        ['a'],
        flatMap(() => [1, null]),
        toArray(),
      ),
    );
    expect(error.stage.name).to.equal('flatMap');
    expect(error.cause).to.be.instanceOf(NullItemError);
  });
});

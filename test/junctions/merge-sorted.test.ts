import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { Deferred } from '../../lib/core/base/deferred.js';
import { OrderError } from '../../lib/core/base/errors.js';
import { mergeSorted } from '../../lib/junctions/merge-sorted.js';
import { filter } from '../../lib/operators/filter.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

interface Row {
  readonly key: number;
  readonly from: number;
}

describe('mergeSorted', () => {
  noUnhandled();
  const cause = new Error('on purpose');

  for (const [left, makeLeft] of Object.entries(kinds)) {
    for (const [right, makeRight] of Object.entries(kinds)) {
      sourceGives(
        `mergeSorted(${left}, ${right}) emits all items in order`,
        () => mergeSorted(makeLeft([1, 4, 5]), makeRight([2, 3, 9]), makeLeft<number>([])),
        [1, 2, 3, 4, 5, 9],
      );
    }
  }
  sourceGives('mergeSorted of empty sources emits nothing', () => mergeSorted([], []), []);
  sourceGives(
    'mergeSorted orders by the key that by answers, and by promises of it',
    () => mergeSorted(['a', 'bbb'], ['cc'], { by: async (text) => text.length }),
    ['a', 'cc', 'bbb'],
  );
  sourceGives(
    'mergeSorted compares keys with compare',
    () => mergeSorted([3, 1], [2], { compare: (a, b) => b - a }),
    [3, 2, 1],
  );
  sourceGives(
    'mergeSorted turns the order round with descending',
    () => mergeSorted([3, 1], [2], { descending: true }),
    [3, 2, 1],
  );

  it('mergeSorted can be pulled synchronously', () => {
    expect([...pull(mergeSorted(range(0, 3), [1]))]).to.deep.equal([0, 1, 1, 2]);
  });

  it('mergeSorted infers its items, and those of its callbacks', async () => {
    typed<(number | string)[]>()(await pipeline(mergeSorted([1], ['a']), toArray()));
    const rows: Row[] = [{ key: 1, from: 0 }];
    const source = mergeSorted(rows, rows, {
      by: (row) => row.key,
      compare: (a, b) => a - b,
    });
    typed<Row[]>()(await pipeline(source, toArray()));
  });

  it('mergeSorted is stable: any sorted sources give what sorting all their items would', async () => {
    const keys = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 });
    const property = fc.asyncProperty(
      fc.array(fc.tuple(keys, fc.boolean()), { minLength: 1, maxLength: 6 }),
      async (all) => {
        const sources = all.map(([input, later], from) => {
          const rows: Row[] = input.sort((a, b) => a - b).map((key) => ({ key, from }));
          return { rows, source: later ? kinds['an async generator function'](rows) : rows };
        });
        const merged = await pipeline(
          mergeSorted(...sources.map(({ source }) => source), { by: ({ key }: Row) => key }),
          toArray(),
        );
        const sorted = sources.flatMap(({ rows }) => rows).sort((a, b) => a.key - b.key);
        expect(merged).to.deep.equal(sorted);
      },
    );
    await fc.assert(property, { numRuns: 1000 });
  });

  refuses('mergeSorted without a source is refused', () => mergeSorted(), 'mergeSorted: needs');
  for (const option of ['by', 'compare']) {
    refuses(
      `mergeSorted refuses what is no function as ${option}`,
      () => mergeSorted([1], { [option]: 'key' } as never),
      `mergeSorted: ${option} must be a function, got string`,
    );
  }

  it('mergeSorted names the source and the place of an item that is not in order', async () => {
    const counted = new Counted();
    const unsorted = compose(
      [5, 1, 7, 2, 8, 6],
      filter((x: number) => x > 2),
    );
    const run = pipeline(mergeSorted(counted.later(), unsorted, { name: 'sorted' }), drain());
    const error = await stageFailure(run);
    expect(error.stage).to.deep.equal({ name: 'sorted', position: 0 });
    expect(error).to.include({ index: 5, item: 6 });
    expect(error.cause).to.be.instanceOf(OrderError);
    expect(error.message).to.match(/source 1 is not sorted/);
    expect(counted.closed).to.equal(true);
  });

  it('mergeSorted takes equal items in a row for sorted', async () => {
    expect(await pipeline(mergeSorted([1, 1], [1]), toArray())).to.deep.equal([1, 1, 1]);
  });

  it('mergeSorted asks a source for its next item only when the one it has given is taken', async () => {
    const counted = new Counted();
    const source = mergeSorted(counted.items(), [0, 1, 2]);
    const seen: unknown[] = [];
    for await (const item of pull(source)) {
      seen.push([item, counted.asked]);
      if (seen.length === 4) break;
    }
    expect(seen).to.deep.equal([
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 3],
    ]);
    expect(counted.closed).to.equal(true);
  });

  it('mergeSorted waits for a slow source, and asks no other for a second item meanwhile', async () => {
    const counted = new Counted();
    const gate = new Deferred<number>();
    const slow = async function* () {
      yield gate.promise;
    };
    const items: number[] = [];
    const run = pipeline(mergeSorted(counted.items(), slow), async (all: AsyncIterable<number>) => {
      for await (const item of all) if (items.push(item) === 3) break;
    });
    expect(await quiet(() => counted.asked)).to.equal(1);
    gate.resolve(1);
    await run;
    expect(items).to.deep.equal([0, 1, 1]);
    expect(counted.closed).to.equal(true);
  });

  for (const [what, options] of Object.entries({
    'by throws': {
      by: () => {
        throw cause;
      },
    },
    'by rejects': { by: () => turn().then(() => Promise.reject(cause)) },
    'compare throws': {
      compare: () => {
        throw cause;
      },
    },
  })) {
    it(`mergeSorted fails by name when ${what}, and closes its sources`, async () => {
      const inputs = [new Counted(), new Counted()];
      const [left, right] = inputs.map((input) => input.later());
      const error = await stageFailure(pipeline(mergeSorted(left!, right!, options), drain()));
      expect(error.stage).to.deep.equal({ name: 'mergeSorted', position: 0 });
      expect(error).to.include({ cause, index: 0, item: 0 });
      expect(inputs.map(({ closed }) => closed)).to.deep.equal([true, true]);
    });
  }

  it('mergeSorted fails at once when a source fails, while another never gives', async () => {
    const [silent, failing] = [never(), never()];
    const run = rejection(pipeline(mergeSorted(silent, failing), drain()));
    await quiet(() => 0);
    failing.destroy(cause);
    expect(await run).to.equal(cause);
    expect(silent.closed).to.equal(true);
  });
});

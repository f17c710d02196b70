import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { zipLatest } from '../../lib/junctions/zip-latest.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

/** Gives what `gates` say, one after the other. */
const gated = (gates: readonly Deferred<string>[]) =>
  async function* () {
    for (const { promise } of gates) yield promise;
  };

const gates = (count: number) => Array.from({ length: count }, () => new Deferred<string>());

describe('zipLatest', () => {
  noUnhandled();

  sourceGives(
    'zipLatest asks sources that are ready in turn, and skips none of their items',
    () => zipLatest([1, 2, 3], ['a', 'b']),
    [
      [1, 'a'],
      [2, 'a'],
      [2, 'b'],
      [3, 'b'],
    ],
  );
  for (const [kind, make] of Object.entries(kinds)) {
    sourceGives(`zipLatest of ${kind} alone emits tuples of one`, () => zipLatest(make([1, 2])), [
      [1],
      [2],
    ]);
    sourceGives(
      `zipLatest emits nothing when ${kind} ends without an item`,
      () => zipLatest(['a', 'b'], make([]), ['c']),
      [],
    );
  }
  sourceGives(
    'zipLatest takes undefined as an item like any other',
    () => zipLatest([undefined], [undefined, 1]),
    [
      [undefined, undefined],
      [undefined, 1],
    ],
  );

  it('zipLatest can be pulled synchronously', () => {
    expect([...pull(zipLatest([1], ['a', 'b']))]).to.deep.equal([
      [1, 'a'],
      [1, 'b'],
    ]);
  });

  it('zipLatest infers the tuple from its sources', async () => {
    const source = zipLatest(range(0, 1), ['a'], async function* () {
      yield new Date(0);
    });
    typed<[number, string, Date][]>()(await pipeline(source, toArray()));
  });

  refuses('zipLatest without a source is refused', () => zipLatest(), 'zipLatest: needs at least');

  it('zipLatest emits whenever one gives an item, with the latest of the others', async () => {
    const [left, right] = [gates(3), gates(2)];
    const rows: unknown[] = [];
    const run = pipeline(
      zipLatest(gated(left), gated(right)),
      tap((row) => rows.push(row)),
      drain(),
    );
    const give = async (gate: Deferred<string> | undefined, item: string) => {
      gate?.resolve(item);
      await quiet(() => rows.length);
    };
    await give(left[0], 'L0');
    expect(rows).to.deep.equal([]);
    await give(right[0], 'R0');
    await give(right[1], 'R1');
    await give(left[1], 'L1');
    await give(left[2], 'L2');
    await run;
    expect(rows).to.deep.equal([
      ['L0', 'R0'],
      ['L0', 'R1'],
      ['L1', 'R1'],
      ['L2', 'R1'],
    ]);
  });

  it('zipLatest asks each source for one item only until all have given one', async () => {
    const counted = new Counted();
    const [gate] = gates(1);
    const run = pipeline(zipLatest(counted.items(), gated([gate!])), take(3), toArray());
    expect(await quiet(() => counted.asked)).to.equal(1);
    gate?.resolve('a');
    expect(await run).to.deep.equal([
      [0, 'a'],
      [1, 'a'],
      [2, 'a'],
    ]);
    expect(counted).to.deep.equal({ asked: 3, closed: true });
  });

  it('zipLatest gives each tuple an array of its own', async () => {
    const [first, second] = await pipeline(zipLatest([1, 2]), toArray());
    expect(first).to.not.equal(second);
  });

  it('zipLatest closes the others when one ends without an item', async () => {
    const counted = new Counted();
    const silent = never();
    expect(await pipeline(zipLatest(counted.later(), silent, []), toArray())).to.deep.equal([]);
    expect([counted.closed, silent.closed]).to.deep.equal([true, true]);
  });

  it('zipLatest fails at once when a source fails, while the others never give', async () => {
    const cause = new Error('input failed on purpose');
    const [silent, failing] = [never(), never()];
    const run = rejection(pipeline(zipLatest(silent, failing), drain()));
    await quiet(() => 0);
    failing.destroy(cause);
    expect(await run).to.equal(cause);
    expect(silent.closed).to.equal(true);
  });
});

import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { zip } from '../../lib/junctions/zip.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

describe('zip', () => {
  noUnhandled();

  for (const [left, makeLeft] of Object.entries(kinds)) {
    for (const [right, makeRight] of Object.entries(kinds)) {
      sourceGives(
        `zip(${left}, ${right}) ends with the shorter, the right one`,
        () => zip(makeLeft([1, 2, 3]), makeRight(['a', 'b'])),
        [
          [1, 'a'],
          [2, 'b'],
        ],
      );
      sourceGives(
        `zip(${left}, ${right}) ends with the shorter, the left one`,
        () => zip(makeLeft([1]), makeRight(['a', 'b'])),
        [[1, 'a']],
      );
      sourceGives(
        `zip(${left}, ${right}) emits nothing when one is empty`,
        () => zip(makeLeft([1]), makeRight([])),
        [],
      );
    }
  }
  sourceGives('zip of one source emits tuples of one', () => zip(range(0, 2)), [[0], [1]]);
  sourceGives(
    'zip takes undefined as an item like any other',
    () => zip([undefined, 0], ['', undefined]),
    [
      [undefined, ''],
      [0, undefined],
    ],
  );
  sourceGives('zip of zips nests', () => zip(zip(range(0, 9), ['a', 'b']), map2([10, 20, 30])), [
    [[0, 'a'], 20],
    [[1, 'b'], 40],
  ]);
  const map2 = (items: number[]) =>
    compose(
      items,
      map((x: number) => x * 2),
    );

  it('zip can be pulled synchronously', () => {
    expect([...pull(zip(range(0, 2), ['a', 'b', 'c']))]).to.deep.equal([
      [0, 'a'],
      [1, 'b'],
    ]);
  });

  it('zip infers the tuple from its sources', async () => {
    const source = zip(range(0, 1), ['a'], async function* () {
      yield new Date();
    });
    typed<[number, string, Date][]>()(await pipeline(source, toArray()));
  });

  refuses('zip without a source is refused', () => zip(), 'zip: needs at least 1 arguments, got 0');
  refuses(
    'zip of what can not be read is refused',
    () => zip(range(0, 1), 5 as never),
    'zip: the source must be a stream',
  );
  it('zip of a source that is in a pipeline already is refused', () => {
    const source = range(0, 1);
    expect(() => zip(source, source))
      .to.throw()
      .with.property('code', 'ERR_SLUICE_USED');
  });

  it('zip goes by its name option in traces', async () => {
    const names = new Set<string>();
    const trace = ({ stage }: { stage: { name: string } }) => names.add(stage.name);
    await pipeline(zip([1], [2], { name: 'pairs' }), drain(), { trace });
    expect(names).to.include('pairs');
  });

  it('zip asks a source for one item more than it emits when a later one has ended', async () => {
    const counted = new Counted();
    await pipeline(zip(counted.items(), ['a', 'b']), drain());
    expect(counted).to.deep.equal({ asked: 3, closed: true });
  });

  it('zip asks a source for no more than it emits when an earlier one has ended', async () => {
    const counted = new Counted();
    await pipeline(zip(['a', 'b'], counted.later()), drain());
    expect(counted).to.deep.equal({ asked: 2, closed: true });
  });

  it('zip asks no source for more than take wants', async () => {
    const [left, right] = [new Counted(), new Counted()];
    await pipeline(zip(left.items(), right.later()), take(4), drain());
    expect([left, right]).to.deep.equal([
      { asked: 4, closed: true },
      { asked: 4, closed: true },
    ]);
  });

  it('zip never asks a fast source for more than one item ahead of a slow one', async () => {
    const counted = new Counted();
    const gates = [new Deferred<string>(), new Deferred<string>(), new Deferred<void>()] as const;
    const slow = async function* () {
      yield gates[0].promise;
      yield gates[1].promise;
      await gates[2].promise;
    };
    const rows: unknown[] = [];
    const run = pipeline(
      zip(counted.items(), slow),
      map((row) => rows.push(row)),
      drain(),
    );
    expect(await quiet(() => counted.asked)).to.equal(1);
    gates[0].resolve('a');
    expect(await quiet(() => counted.asked)).to.equal(2);
    gates[1].resolve('b');
    expect(await quiet(() => counted.asked)).to.equal(3);
    gates[2].resolve();
    await run;
    expect(rows).to.deep.equal([
      [0, 'a'],
      [1, 'b'],
    ]);
    expect(counted).to.deep.equal({ asked: 3, closed: true });
  });
});

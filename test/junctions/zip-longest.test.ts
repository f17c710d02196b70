import { Readable } from 'node:stream';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { zipLongest } from '../../lib/junctions/zip-longest.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('zipLongest', () => {
  noUnhandled();

  for (const [kind, make] of Object.entries(kinds)) {
    sourceGives(
      `zipLongest goes on with undefined for ${kind} that has ended`,
      () => zipLongest(make([1]), ['a', 'b', 'c']),
      [
        [1, 'a'],
        [undefined, 'b'],
        [undefined, 'c'],
      ],
    );
    sourceGives(
      `zipLongest goes on with its fill option until ${kind} has ended`,
      () => zipLongest(['a'], make([1, 2, 3]), { fill: null }),
      [
        ['a', 1],
        [null, 2],
        [null, 3],
      ],
    );
    sourceGives(
      `zipLongest of ${kind} without items emits nothing`,
      () => zipLongest(make([])),
      [],
    );
  }
  sourceGives(
    'zipLongest tells an undefined item from an ended source',
    () => zipLongest([undefined, undefined], [1, 2, 3], { fill: 'none' }),
    [
      [undefined, 1],
      [undefined, 2],
      ['none', 3],
    ],
  );
  sourceGives(
    'zipLongest of three ends with the longest',
    () => zipLongest([1], [1, 2], [1, 2, 3]),
    [
      [1, 1, 1],
      [undefined, 2, 2],
      [undefined, undefined, 3],
    ],
  );

  it('zipLongest infers its tuples with the fill', async () => {
    const source = zipLongest(range(0, 1), ['a'], { fill: new Date(0) });
    typed<[number | Date, string | Date][]>()(await pipeline(source, toArray()));
    const plain = zipLongest(range(0, 1), ['a']);
    typed<[number | undefined, string | undefined][]>()(await pipeline(plain, toArray()));
  });

  refuses(
    'zipLongest without a source is refused',
    () => zipLongest({ fill: 0 } as never),
    'zipLongest: needs at least 1 arguments, got 0',
  );

  it('zipLongest asks no source for more than one item ahead of a slow one', async () => {
    const counted = new Counted();
    const gate = new Deferred<string>();
    const abort = new AbortController();
    const seen: unknown[] = [];
    const slow = async function* () {
      yield gate.promise;
      yield new Promise<never>(() => {});
    };
    const rows = zipLongest(counted.items(), slow);
    const run = rejection(
      pipeline(
        rows,
        tap((row) => seen.push(row)),
        drain(),
        { signal: abort.signal },
      ),
    );
    expect(await quiet(() => counted.asked)).to.equal(1);
    gate.resolve('a');
    expect(await quiet(() => counted.asked)).to.equal(2);
    abort.abort();
    await run;
    expect(seen).to.deep.equal([[0, 'a']]);
    expect(counted.closed).to.equal(true);
  });

  it('zipLongest does not ask a source again that has ended', async () => {
    let asked = 0;
    const once: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => {
          asked += 1;
          return { done: true, value: undefined };
        },
      }),
    };
    await pipeline(zipLongest(once, range(0, 10)), drain());
    expect(asked).to.equal(1);
  });

  it('zipLongest closes all its sources when it has been read enough of', async () => {
    const counted = [new Counted(), new Counted()] as const;
    const stream = never();
    const source = zipLongest(counted[0].items(), counted[1].later());
    for await (const _row of source) break;
    expect(await quiet(() => counted[0].closed && counted[1].closed)).to.equal(true);
    zipLongest(stream).destroy();
    expect(await quiet(() => stream.closed)).to.equal(true);
  });

  it('zipLongest fails at once when a stream fails that has given its item', async () => {
    const cause = new Error('input failed on purpose');
    const failing = new Readable({ objectMode: true, read: () => {} });
    const silent = never();
    failing.push(1);
    const run = rejection(pipeline(zipLongest(silent, failing), drain()));
    await quiet(() => failing.readableLength);
    failing.destroy(cause);
    expect(await run).to.equal(cause);
    expect(silent.closed).to.equal(true);
  });
});

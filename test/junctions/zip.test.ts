import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/deferred.js';
import { zip } from '../../lib/junctions/zip.js';
import { filter } from '../../lib/operators/filter.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { sourceGives } from '../helpers/gives.js';
import { kinds } from '../helpers/kinds.js';
import { listeners } from '../helpers/listeners.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('zip', () => {
  noUnhandled();
  const folder = new Folder();
  const cause = new Error('input failed on purpose');
  const fail = (): never => {
    throw cause;
  };

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
  sourceGives(
    'zip of zips nests',
    () => zip(zip(range(0, 9), ['a', 'b']), map2([10, 20, 30])),
    [
      [[0, 'a'], 20],
      [[1, 'b'], 40],
    ],
  );
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
      yield true;
    });
    typed<[number, string, boolean][]>()(await pipeline(source, toArray()));
  });

  refuses('zip without a source is refused', () => zip(), 'zip: needs at least 1 arguments, got 0');
  refuses(
    'zip of what can not be read is refused',
    () => zip(range(0, 1), 5 as never),
    'zip: the source must be a stream',
  );
  it('zip of a source that is in a pipeline already is refused', () => {
    const source = range(0, 1);
    expect(() => zip(source, source)).to.throw().with.property('code', 'ERR_SLUICE_USED');
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

  it('zip has the async finally of a loser behind it before the pipeline settles', async () => {
    const log: string[] = [];
    const loser = async function* () {
      try {
        for (;;) yield 0;
      } finally {
        await turn();
        await turn();
        log.push('loser closed');
      }
    };
    await pipeline(zip(loser, ['a']), drain());
    log.push('settled');
    expect(log).to.deep.equal(['loser closed', 'settled']);
  });

  it('zip tells a loser that still waits for its next item by its signal, and awaits it', async () => {
    const log: string[] = [];
    const loser = async function* ({ signal }: { signal: AbortSignal }) {
      try {
        yield 0;
        await once(signal, 'abort');
      } finally {
        log.push('loser closed');
      }
    };
    const last = async function* () {
      yield 'a';
      await turn();
    };
    expect(await pipeline(zip(loser, last), toArray())).to.deep.equal([[0, 'a']]);
    log.push('settled');
    expect(log).to.deep.equal(['loser closed', 'settled']);
  });

  it('zip destroys a losing stream, closes its descriptor and takes back its listeners', async () => {
    const path = join(folder.path, 'loser.txt');
    folder.write('loser.txt', 'x'.repeat(300_000));
    const loser = createReadStream(path);
    const before = listeners(loser);
    const rows = await pipeline(zip(loser, ['a']), toArray());
    expect(rows).to.have.lengthOf(1);
    expect(loser.closed).to.equal(true);
    expect(await openFiles(path)).to.equal(0);
    // A stream's own, for the opening of the file, are gone with it.
    for (const event of Object.keys(listeners(loser))) expect(before).to.have.property(event);
  });

  it('zip that is destroyed before use closes its streams', async () => {
    const streams = [never(), Readable.from([1])];
    const source = zip(...streams);
    source.destroy();
    await once(source, 'close');
    expect(streams.map(({ closed }) => closed)).to.deep.equal([true, true]);
  });

  for (const at of [0, 1]) {
    const sides = (failing: Readable | (() => AsyncGenerator<number>)) =>
      at === 0 ? ([failing, silent] as const) : ([silent, failing] as const);
    let silent: Readable;
    beforeEach(() => {
      silent = never();
    });

    it(`zip fails at once when a generator at ${at} fails and the other never gives`, async () => {
      const failing = async function* failing(): AsyncGenerator<number> {
        await turn();
        throw cause;
      };
      const error = await stageFailure(pipeline(zip(...sides(failing)), drain()));
      expect(error).to.include({ cause }).and.to.have.nested.property('stage.name', 'failing');
      expect(silent.closed).to.equal(true);
    });

    it(`zip fails at once when a stream at ${at} has given its item and fails`, async () => {
      const failing = new Readable({ objectMode: true, read: () => {} });
      failing.push(1);
      const run = rejection(pipeline(zip(...sides(failing)), drain()));
      await quiet(() => failing.readableLength);
      expect(failing.readableLength).to.equal(0);
      failing.destroy(cause);
      expect(await run).to.equal(cause);
      expect(silent.closed).to.equal(true);
    });

    it(`zip aborts while the source at ${at} never gives`, async () => {
      const controller = new AbortController();
      const counted = new Counted();
      const parts = sides(() => counted.later());
      const run = rejection(pipeline(zip(...parts), drain(), { signal: controller.signal }));
      await quiet(() => counted.asked);
      controller.abort();
      expect(await run).to.have.property('code', 'ABORT_ERR');
      expect(counted).to.deep.equal({ asked: 1, closed: true });
    });
  }

  it('zip names the stage of the side that fails', async () => {
    const odd = compose(
      range(0, 9),
      filter(function refuse() {
        throw cause;
      }),
    );
    const error = await stageFailure(pipeline(zip(range(0, 9), odd), drain()));
    expect(error.stage).to.deep.equal({ name: 'filter(refuse)', position: 1 });
    expect(error).to.include({ index: 0, cause });
  });

  it('zip fails when closing a loser fails', async () => {
    const loser = function* loser() {
      try {
        for (;;) yield 0;
      } finally {
        fail();
      }
    };
    const error = await stageFailure(pipeline(zip(loser, ['a']), drain()));
    expect(error.stage.name).to.equal('loser');
    expect(error.cause).to.equal(cause);
  });
});

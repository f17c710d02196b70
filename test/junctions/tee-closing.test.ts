import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { tee } from '../../lib/junctions/tee.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { listeners } from '../helpers/listeners.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

describe('closing and failing in tee', () => {
  noUnhandled();
  const folder = new Folder();
  const cause = new Error('on purpose');

  it('tee closes its source when all branches have ended, and the last awaits that', async () => {
    const counted = new Counted();
    const [left, right] = tee(counted.later());
    await pipeline(left, first());
    expect(counted.closed).to.equal(false);
    await pipeline(right, first());
    expect(counted).to.deep.equal({ asked: 1, closed: true });
  });

  it('tee closes a file when one branch has ended and the other is destroyed unread', async () => {
    const path = join(folder.path, 'trunk.txt');
    folder.write('trunk.txt', 'x'.repeat(300_000));
    const file = createReadStream(path);
    const [left, right] = tee(file);
    await pipeline(left, first());
    expect(await openFiles(path)).to.equal(1);
    right.destroy();
    await once(right, 'close');
    expect(file.closed).to.equal(true);
    expect(await openFiles(path)).to.equal(0);
  });

  it('tee that is destroyed before use closes its source and leaves no listener', async () => {
    const stream = never();
    const before = listeners(stream);
    for (const branch of tee(stream)) branch.destroy();
    expect(await quiet(() => stream.closed)).to.equal(true);
    expect(listeners(stream)).to.deep.equal(before);
  });

  it('tee fails in every branch when its source fails, after the items before', async () => {
    const failing = function* failing() {
      yield 1;
      yield 2;
      throw cause;
    };
    const seen: number[][] = [[], []];
    const gate = new Deferred<void>();
    const runs = tee(failing).map((branch, at) =>
      stageFailure(
        pipeline(
          branch,
          tap(async (x) => {
            if (at === 1) await gate.promise;
            seen[at]?.push(x);
          }),
          drain(),
        ),
      ),
    );
    await quiet(() => seen[0]?.length);
    gate.resolve();
    for (const error of await Promise.all(runs)) {
      expect(error).to.include({ cause, index: 2 });
      expect(error.stage).to.deep.equal({
        name: 'failing',
        position: 0,
        within: { stage: { name: 'tee', position: 0 }, side: 'input', at: 0 },
      });
    }
    expect(seen).to.deep.equal([
      [1, 2],
      [1, 2],
    ]);
  });

  it('tee fails in every branch with the error of its stream as it is', async () => {
    const stream = never();
    const runs = tee(stream).map((branch) => rejection(pipeline(branch, drain())));
    await quiet(() => 0);
    stream.destroy(cause);
    for (const error of await Promise.all(runs)) expect(error).to.equal(cause);
  });

  it('tee closes a source that has failed though a branch is never read', async () => {
    const path = join(folder.path, 'trunk.txt');
    folder.write('trunk.txt', 'x'.repeat(300_000));
    const refuse = () => {
      throw cause;
    };
    const [left, right] = tee(compose(createReadStream(path), map(refuse)));
    expect(await stageFailure(pipeline(left, drain()))).to.include({ cause });
    expect(await openFiles(path)).to.equal(0);
    expect(await stageFailure(pipeline(right, drain()))).to.include({ cause });
  });

  it('tee leaves no listener on a stream that fails though a branch is never read', async () => {
    const stream = never();
    const before = listeners(stream);
    const [left] = tee(stream);
    const run = rejection(pipeline(left, drain()));
    await quiet(() => 0);
    stream.destroy(cause);
    expect(await run).to.equal(cause);
    expect(listeners(stream)).to.deep.equal(before);
  });

  it('tee does not abort its callbacks while any branch goes on', async () => {
    const signals = new Set<AbortSignal>();
    const [destroyed, aborted, early, last] = tee(
      compose(
        range(0, 9),
        map((x, { signal }) => {
          signals.add(signal);
          return x;
        }),
      ),
      { branches: 4 },
    );
    const aborts = () => [...signals].map((signal) => signal.aborted);
    destroyed.destroy();
    await rejection(pipeline(aborted, drain(), { signal: AbortSignal.abort() }));
    await pipeline(early, take(2), drain());
    expect(aborts()).to.deep.equal([false]);
    await pipeline(last, take(3), drain());
    expect(aborts()).to.deep.equal([true]);
  });

  it('tee aborts its callbacks when the last run that reads it is aborted', async () => {
    const controller = new AbortController();
    let told: AbortSignal | undefined;
    const waiting = map(async (_x: number, { signal }) => {
      told = signal;
      await once(signal, 'abort');
    });
    const branches = tee(compose(range(0, 9), waiting));
    const runs = branches.map((branch) =>
      rejection(pipeline(branch, drain(), { signal: controller.signal })),
    );
    await quiet(() => told);
    expect(told?.aborted).to.equal(false);
    controller.abort();
    for (const error of await Promise.all(runs))
      expect(error).to.have.property('code', 'ABORT_ERR');
    expect(told?.aborted).to.equal(true);
  });

  it('tee ends a branch whose run is stopped, and gives the other everything', async () => {
    const stop = new AbortController();
    const [left, right] = tee(range(0, 100), { buffer: 3 });
    let seen = 0;
    const [, whole] = await Promise.all([
      pipeline(
        left,
        tap(() => {
          seen += 1;
          if (seen === 5) stop.abort();
        }),
        drain(),
        { stop: stop.signal },
      ),
      pipeline(
        right,
        map((x) => x),
        (async (items: AsyncIterable<number>) => {
          let all = 0;
          for await (const _item of items) all += 1;
          return all;
        }) as (items: AsyncIterable<number>) => Promise<number>,
      ),
    ]);
    expect(seen).to.equal(5);
    expect(whole).to.equal(100);
  });
});

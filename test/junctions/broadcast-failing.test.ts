import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { ClosedError } from '../../lib/core/base/errors.js';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { filter } from '../../lib/operators/filter.js';
import { map } from '../../lib/operators/map.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { listeners } from '../helpers/listeners.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { openFiles } from '../helpers/open-files.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

const ENDLESS = Number.POSITIVE_INFINITY;

describe('closing and failing in broadcast', () => {
  noUnhandled();
  const folder = new Folder();
  const cause = new Error('branch failed on purpose');
  const at = (n: number) =>
    function refuse(x: number) {
      if (x === n) throw cause;
      return x;
    };

  it('broadcast with a branch that takes one, one that is stuck and one that throws', async () => {
    const counted = new Counted();
    const stuck = new Stalled();
    const branches = broadcast(first(), stuck, compose(map(at(3)), drain()));
    const error = await stageFailure(pipeline(counted.items(), branches));
    expect(error.stage).to.deep.equal({
      name: 'map(refuse)',
      position: 1,
      within: { stage: { name: 'broadcast', position: 1 }, side: 'branch', at: 2 },
    });
    expect(error).to.include({ index: 3, item: 3, cause });
    expect(stuck.closed).to.equal(true);
    expect(counted.closed).to.equal(true);
  });

  for (const [where, make] of Object.entries({
    'a stage': () => compose(map(at(2)), drain()),
    'an async stage': () =>
      compose(
        map(async function refuse(x: number) {
          await turn();
          return at(2)(x);
        }),
        drain(),
      ),
    'a sink': () => forEach(at(2)),
    'an async function': () =>
      async function refuse(items: AsyncIterable<number>) {
        for await (const item of items) at(2)(item);
      },
  })) {
    it(`broadcast fails with the error of ${where} in a branch, named`, async () => {
      const files = ['in.txt', 'out.txt'].map((name) => join(folder.path, name));
      folder.write('in.txt', 'x\n'.repeat(100_000));
      const out = createWriteStream(files[1] as string);
      let x = 0;
      const source = compose(
        createReadStream(files[0] as string, { highWaterMark: 64 }),
        map(() => x++),
      );
      const lines = compose(map(String), out);
      const error = await stageFailure(pipeline(source, broadcast(lines, make())));
      expect(error.stage.name).to.match(/refuse/);
      expect(error).to.include({ cause });
      expect(error).to.not.have.property('suppressed');
      expect(out.closed).to.equal(true);
      for (const path of files) expect(await openFiles(path)).to.equal(0);
    });
  }

  it('broadcast fails with the error of a stream in a branch as it is', async () => {
    const path = join(folder.path, 'no-such-folder', 'out.txt');
    const run = pipeline(['a', 'b'], broadcast(drain(), createWriteStream(path)));
    expect(await rejection(run)).to.have.property('code', 'ENOENT');
  });

  it('broadcast fails when a stream in a branch is closed too early, without an error', async () => {
    const gone = new Stalled();
    const run = rejection(pipeline(range(0, ENDLESS), broadcast(drain(), gone)));
    await quiet(() => gone.taken);
    gone.destroy();
    expect(await run).to.have.property('code', 'ERR_STREAM_PREMATURE_CLOSE');
  });

  it('broadcast tells streams and functions in its branches why the source failed', async () => {
    const told: unknown[] = [];
    const stream = new Writable({ objectMode: true, write: (_x, _e, done) => done() });
    stream.on('error', (error) => told.push(error));
    const read = async (items: AsyncIterable<number>) => {
      try {
        for await (const _item of items);
        told.push('clean end');
      } catch (error) {
        told.push(error);
        throw error;
      } finally {
        await turn();
        told.push('done');
      }
    };
    const run = pipeline(range(0, 9), map(at(5)), broadcast(stream, read));
    const error = await stageFailure(run);
    expect(error).to.include({ cause });
    expect(told).to.have.lengthOf(3);
    expect(told).to.include(error).and.to.include('done').and.not.to.include('clean end');
    expect(told.filter((item) => item === error)).to.have.lengthOf(2);
    expect(error).to.not.have.property('suppressed');
  });

  it('broadcast keeps later errors of other branches as suppressed', async () => {
    const second = new Error('closing failed on purpose');
    const bad = new Writable({
      objectMode: true,
      write: (_x, _e, done) => done(),
      destroy: (_error, done) => done(second),
    });
    const error = await stageFailure(
      pipeline(range(0, 9), broadcast(bad, compose(map(at(2)), drain()))),
    );
    expect(error).to.include({ cause });
    expect(error).to.have.property('suppressed').that.deep.equals([second]);
  });

  it('broadcast awaits the finally of generators in its branches when another fails', async () => {
    const log: string[] = [];
    const passing = async function* (items: AsyncIterable<number>) {
      try {
        for await (const item of items) yield item;
      } finally {
        await turn();
        await turn();
        log.push('closed');
      }
    };
    const run = pipeline(
      range(0, ENDLESS),
      broadcast(compose(passing, drain()), compose(map(at(20)), drain())),
    );
    expect(await stageFailure(run)).to.include({ cause });
    log.push('settled');
    expect(log).to.deep.equal(['closed', 'settled']);
  });

  it('broadcast aborts its branches with the run, and leaves no listener', async () => {
    const controller = new AbortController();
    const source = never();
    const streams = [new Stalled(), new Stalled()];
    const before = [source, ...streams].map(listeners);
    const signals: AbortSignal[] = [];
    const waiting = forEach((_x, { signal }) => {
      signals.push(signal);
      return once(signal, 'abort');
    });
    const run = rejection(
      pipeline(source, broadcast(...(streams as [Stalled, Stalled]), waiting), {
        signal: controller.signal,
      }),
    );
    source.push(1);
    await quiet(() => signals.length);
    controller.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true]);
    expect(streams.map(({ closed }) => closed)).to.deep.equal([true, true]);
    expect([source, ...streams].map(listeners)).to.deep.equal(before);
  });

  it('broadcast that is destroyed before use destroys its streams', async () => {
    const stream = new Stalled();
    const sink = broadcast(stream, toArray());
    const result = rejection(sink.result());
    sink.destroy();
    await once(sink, 'close');
    expect(stream.closed).to.equal(true);
    expect(await result).to.be.instanceOf(ClosedError);
  });

  it("broadcast fails Node's pipeline with a branch's error, and closes the others", async () => {
    const stuck = new Stalled();
    const sink = broadcast(stuck, compose(filter(at(2)), drain()));
    const result = rejection(sink.result());
    const counted = new Counted();
    const error = await stageFailure(nodeRun([counted.items(), sink]));
    expect(error).to.include({ cause }).and.to.have.nested.property('stage.name', 'filter(refuse)');
    expect(await result).to.equal(error);
    expect(await quiet(() => stuck.closed && counted.closed)).to.equal(true);
  });

  it("broadcast results in the error that Node's pipeline failed with", async () => {
    const sink = broadcast(drain(), toArray());
    const result = rejection(sink.result());
    const failing = (function* () {
      yield 1;
      throw cause;
    })();
    expect(await rejection(nodeRun([failing, sink]))).to.equal(cause);
    expect(await result).to.equal(cause);
  });
});

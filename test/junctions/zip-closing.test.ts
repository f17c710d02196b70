import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { zip } from '../../lib/junctions/zip.js';
import { filter } from '../../lib/operators/filter.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
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
import { Stalled } from '../helpers/stalled.js';

describe('closing and failing in zip', () => {
  noUnhandled();
  const folder = new Folder();
  const cause = new Error('input failed on purpose');
  const fail = (): never => {
    throw cause;
  };

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
        yield* [];
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
    expect(error.stage).to.deep.equal({
      name: 'filter(refuse)',
      position: 1,
      within: { stage: { name: 'zip', position: 0 }, side: 'input', at: 1 },
    });
    expect(error).to.include({ index: 0, cause });
  });

  it('zip closes the others, and what it is written to, when a source can not be opened', async () => {
    const broken: Iterable<number> = { [Symbol.iterator]: fail };
    for (const at of [0, 1]) {
      const stream = never();
      const sink = new Stalled();
      const sources = at === 0 ? [broken, stream] : [stream, broken];
      const error = await stageFailure(pipeline(zip(...sources), sink));
      expect(error).to.include({ cause });
      expect([stream.closed, sink.closed]).to.deep.equal([true, true]);
    }
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

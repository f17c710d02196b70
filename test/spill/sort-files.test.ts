import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { AbortError } from '../../lib/core/base/errors.js';
import { sort } from '../../lib/operators/sort.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { closed } from '../helpers/closed.js';
import { Counted } from '../helpers/counted.js';
import { Folder } from '../helpers/folder.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { openFilesIn } from '../helpers/open-files.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

const cause = new Error('broken on purpose');
const ITEMS = 200;
const backwards = Array.from({ length: ITEMS }, (_, at) => ITEMS - at);
const forwards = backwards.toReversed();

describe('sort through files', () => {
  noUnhandled();
  // Before the folder's own hook removes it.
  afterEach('nothing is left', async () => {
    expect(await left()).to.deep.equal([0, []]);
  });
  const folder = new Folder();
  const small = { maxItems: 10, maxRuns: 4 };
  const spilling = () => sort<number>({ ...small, folder: folder.path });
  const left = async () => [await openFilesIn(folder.path), readdirSync(folder.path)];

  it('gives the same, in its own pipeline, in that of Node, and read as a stream', async () => {
    expect(await pipeline(backwards, spilling(), toArray())).to.deep.equal(forwards);
    const sink = toArray<number>();
    await nodeRun([backwards, spilling(), sink]);
    expect(await sink.result()).to.deep.equal(forwards);
    const read: number[] = [];
    for await (const item of compose(backwards, spilling())) read.push(item);
    expect(read).to.deep.equal(forwards);
  });

  it('has one open file for each size of run, without a name, however many runs there are', async () => {
    let open = 0;
    let named: string[] = [];
    const look = async (at: number) => {
      // Not at each item, because each look reads a folder.
      if (at % 50 !== 0) return;
      open = Math.max(open, await openFilesIn(folder.path));
      named = named.concat(readdirSync(folder.path));
    };
    const options = { maxItems: 2, maxRuns: 3, folder: folder.path };
    await pipeline(range(0, 2000), tap(look), sort(options), tap(look), drain());
    // 1000 runs make six levels of merged runs (3 ** 6 = 729), and one more file is open while a level is written.
    expect(open).to.be.within(4, 7 + 1);
    expect(named).to.deep.equal([]);
  });

  it('asks its input for nothing while it writes', async () => {
    const asked: number[] = [];
    const source = function* () {
      for (const item of backwards) {
        asked.push(item);
        yield item;
      }
    };
    const stage = sort<number>({ maxItems: 50, folder: folder.path });
    const run = pipeline(source, stage, toArray());
    await turn();
    expect(asked).to.have.lengthOf(50);
    expect(await run).to.deep.equal(forwards);
    expect(asked).to.deep.equal(backwards);
  });

  it('closes its files when take has enough', async () => {
    expect(await pipeline(backwards, spilling(), take(3), toArray())).to.deep.equal([1, 2, 3]);
  });

  it('closes its files when the loop that reads it breaks off', async () => {
    const source = compose(backwards, spilling());
    const closing = closed(source);
    for await (const item of source) {
      expect([item, await openFilesIn(folder.path)]).to.deep.equal([1, 2]);
      break;
    }
    await closing;
  });

  it('closes its files when its input fails, which keeps its identity', async () => {
    const broken = async function* () {
      yield* backwards;
      throw cause;
    };
    expect(await stageFailure(pipeline(broken, spilling(), drain()))).to.have.property(
      'cause',
      cause,
    );
  });

  it('closes its files when what is behind it fails', async () => {
    const sink = forEach((item: number) => {
      if (item === 150) throw cause;
    });
    expect(await stageFailure(pipeline(backwards, spilling(), sink))).to.include({ cause });
  });

  for (const [when, at] of Object.entries({ 'it reads its input': 95, 'it writes': 100 })) {
    it(`closes its files and its input when the run is aborted while ${when}`, async () => {
      const controller = new AbortController();
      const counted = new Counted();
      const watch = tap((item: number) => {
        if (item === at - 1) controller.abort(cause);
      });
      const parts = [counted.later(), watch, spilling(), drain()];
      const error = await rejection(pipeline(parts, { signal: controller.signal }));
      expect(error).to.be.instanceOf(AbortError).with.property('cause', cause);
      expect(counted.closed).to.equal(true);
    });
  }

  it('closes its files when the run is aborted while it merges', async () => {
    const controller = new AbortController();
    const sink = forEach((item: number) => {
      if (item === 100) controller.abort(cause);
    });
    const run = pipeline(backwards, spilling(), sink, { signal: controller.signal });
    expect(await rejection(run)).to.be.instanceOf(AbortError);
  });

  it('writes no more than the block at hand when the run is aborted', async () => {
    const controller = new AbortController();
    const items = 20_000;
    let packed = 0;
    const pack = (item: number): number => {
      packed += 1;
      controller.abort(cause);
      return item;
    };
    const options = { pack, unpack: (item: number) => item, folder: folder.path };
    const stage = sort<number, number, number>({ ...options, maxItems: items, maxRuns: 64 });
    const run = pipeline(range(0, items), stage, drain(), { signal: controller.signal });
    expect(await rejection(run)).to.be.instanceOf(AbortError);
    expect(packed).to.be.within(1, items / 2);
  });

  it('closes its files when it is destroyed in any of these', async () => {
    for (const write of [5, 10, 45]) {
      const stage = spilling();
      const closing = closed(stage);
      for (const item of backwards.slice(0, write)) stage.write(item);
      await turn();
      stage.destroy();
      await closing;
      expect(await openFilesIn(folder.path)).to.equal(0);
    }
  });

  it('fails with the error of the system when it has no folder to write to', async () => {
    const path = join(folder.path, 'nowhere');
    const error = await stageFailure(
      pipeline(backwards, sort({ maxItems: 10, folder: path }), drain()),
    );
    expect(error).to.deep.include({ stage: { name: 'sort', position: 1 }, index: undefined });
    expect(error.cause).to.have.property('code', 'ENOENT');
  });

  it('leaves nothing behind when the process is killed', async () => {
    const script = `
      import { drain, pipeline, range, sort, tap } from './dist/lib/index.js';
      const tell = tap((x) => { if (x === 25) console.log('wrote'); });
      async function* forever() { yield* [...Array(30).keys()]; await new Promise(() => setInterval(() => {}, 1e6)); }
      await pipeline(forever, tell, sort({ maxItems: 10, folder: process.argv[1] }), drain());`;
    const args = ['--input-type=module', '-e', script, folder.path];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(readdirSync(folder.path)).to.deep.equal([]);
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  AbortError,
  compose,
  drain,
  generate,
  map,
  merge,
  pipeline,
  reduce,
  take,
  toArray,
  zip,
} from '../../../lib/index.js';
import { flaky } from '../../helpers/flaky.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { quiet } from '../../helpers/quiet.js';
import { rejection } from '../../helpers/rejection.js';
import { Ticking } from '../../helpers/ticking.js';
import { watched } from '../../helpers/watched.js';

describe('a wait of retry', () => {
  const time = new Ticking();
  noUnhandled();

  const retry = { attempts: 9, delayMs: 50 };

  it('ends at once when the run is aborted', async () => {
    for (const make of ['stage', 'sink', 'source']) {
      const { fn, calls } = flaky(9);
      const controller = new AbortController();
      const parts = {
        stage: [[0], map(fn, { retry }), drain()],
        sink: [[0], reduce((_: number, x: number) => fn(x), 0, { retry })],
        source: [generate(0, fn, { retry }), drain()],
      }[make] as [];
      const run = pipeline(parts, { signal: controller.signal });
      const watch = watched(run);
      await time.pass(10);
      expect([watch.state, time.timers]).to.deep.equal(['pending', 1]);
      controller.abort();
      await quiet(() => watch.state);
      expect(watch.value).to.be.instanceOf(AbortError);
      expect(time.timers).to.equal(0);
      await time.pass(60);
      expect(calls).to.have.lengthOf(1);
    }
  });

  it('ends at once when the stream is destroyed', async () => {
    const { fn, calls } = flaky(9);
    const stage = map(fn, { retry });
    stage.write(0);
    await time.pass(10);
    expect(time.timers).to.equal(1);
    stage.destroy();
    await quiet(() => stage.closed);
    expect([stage.closed, time.timers]).to.deep.equal([true, 0]);
    await time.pass(60);
    expect(calls).to.have.lengthOf(1);
  });

  it('ends when the run ends early', async () => {
    const { fn, calls } = flaky(9);
    const later = async function* () {
      await turn();
      await turn();
      yield 2;
    };
    const waiting = compose([1], map(fn, { retry }));
    expect(await pipeline(merge(waiting, later), take(1), toArray())).to.deep.equal([2]);
    expect(calls).to.have.lengthOf(1);
  });

  it('ends when the run fails elsewhere', async () => {
    const { fn, calls } = flaky(9);
    const cause = new Error('broken on purpose');
    const broken = async function* () {
      await turn();
      await turn();
      yield* [];
      throw cause;
    };
    const waiting = compose([1], map(fn, { retry }));
    expect(await rejection(pipeline(merge(waiting, broken), drain()))).to.include({ cause });
    expect(calls).to.have.lengthOf(1);
  });

  it('ends when the source it waits in is let go, though the run goes on', async () => {
    const { fn, calls } = flaky(9);
    const gone = generate(0, fn, { retry });
    const short = async function* () {
      yield 1;
      await turn();
    };
    const run = pipeline(zip(gone, short), toArray());
    const watch = watched(run);
    await quiet(() => watch.state);
    expect(watch.value).to.deep.equal([[0, 1]]);
    expect(time.timers).to.equal(0);
    expect(calls).to.have.lengthOf(1);
  });
});

import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { AbortError, ArgumentError } from '../../lib/core/base/errors.js';
import { batch } from '../../lib/operators/batch.js';
import { map } from '../../lib/operators/map.js';
import { tap } from '../../lib/operators/tap.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const reason = new Error('that is enough');

/** Aborts once `count` items have come by. */
const abortAfter = (controller: AbortController, count: number) => {
  let left = count;
  return tap<number>(() => {
    left -= 1;
    if (left === 0) controller.abort(reason);
  });
};

describe('signal', () => {
  noUnhandled();

  it('aborts the run, which rejects with AbortError once everything is closed', async () => {
    const counted = new Counted();
    const controller = new AbortController();
    const { signal } = controller;
    const run = pipeline(counted.later(), abortAfter(controller, 3), drain(), { signal });
    const error = await rejection(run);
    expect(error).to.be.instanceOf(AbortError).with.property('cause', reason);
    expect(counted).to.deep.equal({ asked: 3, closed: true });
  });

  it('that is aborted before refuses the run, and closes its parts without reading them', async () => {
    const counted = new Counted();
    const source = never();
    const signal = AbortSignal.abort(reason);
    const runs = [
      pipeline(counted.later(), drain(), { signal }),
      pipeline(source, drain(), { signal }),
    ];
    for (const run of runs) expect(await rejection(run)).to.have.property('cause', reason);
    expect(counted.asked).to.equal(0);
    expect(source.destroyed).to.equal(true);
  });

  it('aborts a run that waits for a stream, and destroys both its ends', async () => {
    const controller = new AbortController();
    const source = never();
    const sink = new PassThrough({ objectMode: true });
    const run = pipeline(source, sink, { signal: controller.signal });
    await turn();
    controller.abort();
    expect(await rejection(run)).to.have.property('name', 'AbortError');
    expect([source.closed, sink.closed]).to.deep.equal([true, true]);
  });

  it('aborts a run whose callback does not answer, and tells the callback', async () => {
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const stuck = map((_: number, { signal }) => {
      seen = signal;
      return new Promise<number>(() => {});
    });
    const run = pipeline([1], stuck, drain(), { signal: controller.signal });
    await turn();
    expect(seen?.aborted).to.equal(false);
    controller.abort(reason);
    expect(await rejection(run)).to.have.property('cause', reason);
    expect(seen?.aborted).to.equal(true);
  });

  it('may be that of many runs, and has no listener left after them', async () => {
    const { signal } = new AbortController();
    for (let run = 0; run < 20; run += 1) await pipeline(range(0, 3), drain(), { signal });
    expect(getEventListeners(signal, 'abort')).to.have.length(0);
  });

  it('that aborts when the run is over changes nothing', async () => {
    const controller = new AbortController();
    const run = pipeline(range(0, 3), toArray(), { signal: controller.signal });
    expect(await run).to.deep.equal([0, 1, 2]);
    controller.abort();
    await turn();
  });
});

describe('stop', () => {
  noUnhandled();

  it('ends the source; what is in flight finishes, and the run resolves', async () => {
    const counted = new Counted();
    const controller = new AbortController();
    const slow = map(async (x: number) => {
      await turn();
      return x;
    });
    const result = await pipeline(
      counted.later(),
      abortAfter(controller, 5),
      slow,
      batch(3),
      toArray(),
      { stop: controller.signal },
    );
    expect(result).to.deep.equal([
      [0, 1, 2],
      [3, 4],
    ]);
    expect(counted).to.deep.equal({ asked: 5, closed: true });
  });

  it('ends a run that waits for a stream', async () => {
    const controller = new AbortController();
    const source = never();
    const run = pipeline(source, toArray(), { stop: controller.signal });
    await turn();
    controller.abort();
    expect(await run).to.deep.equal([]);
    expect(source.closed).to.equal(true);
  });

  it('lets what a stream of the user holds come through', async () => {
    const controller = new AbortController();
    const through = new PassThrough({ objectMode: true });
    const run = pipeline(
      range(0, Number.POSITIVE_INFINITY),
      abortAfter(controller, 4),
      through,
      toArray(),
      { stop: controller.signal },
    );
    expect(await run).to.deep.equal([0, 1, 2, 3]);
  });

  it('does not abort the signal of callbacks', async () => {
    const controller = new AbortController();
    const seen: AbortSignal[] = [];
    await pipeline(
      range(0, 9),
      map((x, { signal }) => {
        seen.push(signal);
        return x;
      }),
      abortAfter(controller, 2),
      drain(),
      { stop: controller.signal },
    );
    expect(seen.map(({ aborted }) => aborted)).to.deep.equal([false, false]);
  });

  it('that has been aborted before runs nothing and resolves', async () => {
    const counted = new Counted();
    const stop = AbortSignal.abort();
    expect(await pipeline(counted.items(), toArray(), { stop })).to.deep.equal([]);
    expect(counted.asked).to.equal(0);
  });

  it('has no listener left after the run', async () => {
    const { signal: stop } = new AbortController();
    await pipeline(range(0, 3), drain(), { stop });
    expect(getEventListeners(stop, 'abort')).to.have.length(0);
  });
});

describe('the options of pipeline', () => {
  it('refuse one that is not known, before anything runs', async () => {
    const counted = new Counted();
    const options = { sginal: new AbortController().signal } as object;
    const error = await rejection(pipeline(counted.items(), drain(), options));
    expect(error)
      .to.be.instanceOf(ArgumentError)
      .with.property(
        'message',
        'pipeline: unknown option sginal; known are signal, stop, trace, stats, onStall, end',
      );
    expect(counted.asked).to.equal(0);
  });

  for (const name of ['signal', 'stop']) {
    it(`refuse a ${name} that is none, before anything runs`, async () => {
      const counted = new Counted();
      const error = await rejection(pipeline(counted.items(), drain(), { [name]: 'now' }));
      expect(error)
        .to.be.instanceOf(ArgumentError)
        .with.property('message', `pipeline: ${name} must be an AbortSignal, got now`);
      expect(counted.asked).to.equal(0);
    });
  }
});

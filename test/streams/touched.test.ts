import { once } from 'node:events';
import { addAbortSignal, PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { UsedError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import type { Sink } from '../../lib/streams/sink.js';
import type { Stage } from '../../lib/streams/stage.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const double = () => map((x: number) => x * 2);
const ignore = () => {};

/** Ways of using a stage as a stream before it is given to a pipeline. */
const touches: Record<string, (stage: Stage<number, number>) => void> = {
  'an end listener': (stage) => stage.on('end', ignore),
  'a listener to an event of its own': (stage) => stage.on('mine', ignore),
  'a data listener': (stage) => stage.on('data', ignore),
  'a signal': (stage) => addAbortSignal(new AbortController().signal, stage),
  'pause()': (stage) => stage.pause(),
  'resume()': (stage) => stage.resume(),
  'cork()': (stage) => {
    stage.cork();
    process.nextTick(() => stage.uncork());
  },
};

describe('a stage in use', () => {
  noUnhandled();

  for (const [how, touch] of Object.entries(touches)) {
    it(`by ${how} stays a stream of its own in a pipeline`, async () => {
      const stage = double();
      touch(stage);
      let finished = false;
      stage.once('finish', () => {
        finished = true;
      });
      await pipeline([1, 2], stage, forEach(ignore));
      expect(finished).to.equal(true);
    });
  }

  it('emits its events in a pipeline as anywhere', async () => {
    const stage = double();
    const seen: unknown[] = [];
    stage.on('data', (item) => seen.push(item));
    for (const event of ['end', 'finish', 'close']) stage.on(event, () => seen.push(event));
    const items = await pipeline([1, 2], stage, toArray());
    expect(items).to.deep.equal([2, 4]);
    expect(seen.slice(0, 2)).to.deep.equal([2, 4]);
    expect(seen.slice(2).sort()).to.deep.equal(['close', 'end', 'finish']);
  });

  it('gives what was written to it before, first', async () => {
    const stage = double();
    stage.write(10);
    expect(await pipeline([1], stage, toArray())).to.deep.equal([20, 2]);
  });

  it('and ends early in a pipeline ends its source', async () => {
    const counted = new Counted();
    const stage = take<number>(3);
    stage.on('end', ignore);
    expect(await pipeline(counted.later(), stage, toArray())).to.deep.equal([0, 1, 2]);
    expect(counted.closed).to.equal(true);
  });

  it('and ends early in a pipeline ends a source that has no end', async () => {
    const counted = new Counted();
    const stage = take<number>(3);
    stage.on('end', ignore);
    expect(await pipeline(counted.items(), stage, toArray())).to.deep.equal([0, 1, 2]);
    expect(counted.closed).to.equal(true);
  });

  it('that fails in a pipeline tells its listeners and the pipeline', async () => {
    const stage = map(() => {
      throw new Error('broken on purpose');
    });
    const errors: unknown[] = [];
    stage.on('error', (error) => errors.push(error));
    const error = await rejection(pipeline([1], stage, toArray()));
    expect(error).to.include({ name: 'StageError' });
    expect(errors).to.deep.equal([error]);
  });

  it('keeps the listeners it had, and no other', async () => {
    const stage = double();
    stage.on('end', ignore);
    const before = stage.eventNames().map((event) => stage.listenerCount(event));
    await pipeline([1], stage, toArray());
    expect(stage.eventNames().map((event) => stage.listenerCount(event))).to.deep.equal(before);
  });
});

describe('a source in use', () => {
  it('gives a pipeline what has not been read yet', async () => {
    const source = range(0, 4);
    await once(source, 'readable');
    source.read();
    expect(await pipeline(source, toArray())).to.deep.equal([1, 2, 3]);
  });

  it('gives its items to its listeners too', async () => {
    const source = range(0, 3);
    const seen: number[] = [];
    source.on('data', (item) => seen.push(item));
    expect(await pipeline(source, double(), toArray())).to.deep.equal([0, 2, 4]);
    expect(seen).to.deep.equal([0, 1, 2]);
  });
});

describe('a sink in use', () => {
  const touched = <I, R>(sink: Sink<I, R>): Sink<I, R> => sink.on('finish', ignore);

  it('has its result as the result of the pipeline', async () => {
    expect(await pipeline([1, 2], touched(toArray()))).to.deep.equal([1, 2]);
  });

  it('that has what it needs ends the pipeline, though its source is endless', async () => {
    const counted = new Counted();
    expect(await pipeline(counted.items(), touched(first()))).to.equal(0);
    expect(counted.closed).to.equal(true);
  });

  it('is left open with end: false, and takes more', async () => {
    const sink = touched(toArray<number>());
    expect(await pipeline([1, 2], sink, { end: false })).to.equal(undefined);
    sink.end(3);
    expect(await sink.result()).to.deep.equal([1, 2, 3]);
  });
});

describe('an unused stream', () => {
  it('says nothing at all in a pipeline but close', async () => {
    const stage = double();
    const run = pipeline([1], stage, toArray());
    const seen: unknown[] = [];
    for (const event of ['end', 'finish', 'error', 'close'])
      stage.on(event, () => seen.push(event));
    expect(await run).to.deep.equal([2]);
    expect(stage.closed).to.equal(true);
    await turn();
    expect(seen).to.deep.equal(['close']);
  });

  const uses: Record<string, (stage: Stage<number, number>) => unknown> = {
    'a pipeline': (stage) => pipeline([1], stage, toArray()),
    'a synchronous pull': (stage) => pull([1], stage),
    'a composed stage': (stage) => compose(stage, double()),
  };
  for (const [first, use] of Object.entries(uses)) {
    for (const [second, again] of Object.entries(uses)) {
      it(`is used up by ${first}, and refused by ${second} after it`, async () => {
        const stage = map((x: number) => x, { name: 'mine' });
        await use(stage);
        const error = await rejection((async () => again(stage))());
        expect(error)
          .to.be.instanceOf(UsedError)
          .with.property('message')
          .that.matches(/^mine is already part of a pipeline; make a new one/);
      });
    }
  }

  it('is refused twice in one pipeline', async () => {
    const stage = double();
    expect(await rejection(pipeline([1], stage, stage, toArray()))).to.be.instanceOf(UsedError);
  });

  it('is refused once it has been used up as a stream', async () => {
    const source = from([1]);
    for await (const _ of source);
    expect(await rejection(pipeline(source, toArray()))).to.be.instanceOf(UsedError);
  });

  it('fails the pipeline that it is part of when it is read as a stream', async () => {
    const source = from(async function* () {
      for (let x = 0; ; x += 1) {
        await turn();
        yield x;
      }
    });
    const run = pipeline(source, toArray());
    source.on('data', ignore);
    expect(await rejection(run)).to.be.instanceOf(UsedError);
    expect(source.closed).to.equal(true);
  });

  it('can not be written to once it is part of a pipeline', async () => {
    const stage = double();
    const run = pipeline([1], stage, toArray());
    const error = await new Promise((resolve) => {
      stage.on('error', ignore);
      stage.write(1, resolve);
    });
    expect(error).to.be.instanceOf(UsedError);
    expect(await rejection(run)).to.equal(error);
  });

  it('is the same to streams of the user around it, fused or not', async () => {
    const through = () => new PassThrough({ objectMode: true });
    const fused = await pipeline(range(0, 5), double(), through(), take(3), toArray());
    const [source, stage] = [range(0, 5), double()];
    source.on('end', ignore);
    stage.on('end', ignore);
    expect(await pipeline(source, stage, through(), take(3), toArray())).to.deep.equal(fused);
  });
});

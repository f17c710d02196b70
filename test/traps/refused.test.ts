import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import {
  batch,
  broadcast,
  compose,
  from,
  map,
  merge,
  pipeline,
  push,
  type Sink,
  type Source,
  type Stage,
  tee,
  toArray,
  zip,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { listeners } from '../helpers/listeners.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { rejection } from '../helpers/rejection.js';

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

describe('trap: a pipeline without a sink', () => {
  noUnhandled();

  const stages = {
    'a stage': () => batch(2),
    'composed stages': () => compose(batch(2), batch(2)),
    'a stage with a listener': () => batch(2).on('error', () => {}),
  };
  for (const [what, make] of Object.entries(stages)) {
    it(`is refused when it ends in ${what}, before anything runs`, async () => {
      const counted = new Counted();
      const error = await rejection(anyPipeline(counted.items(), make()));
      expect(error).to.have.property('code', 'ERR_SLUICE_ARGUMENT');
      expect(error)
        .to.have.property('message')
        .that.matches(/last argument is a stage.*add a sink/);
      expect(counted.asked).to.equal(0);
    });
  }

  it('is refused when it ends in what can not be written to, or has nothing but a source', async () => {
    const stream = Readable.from([1]);
    const before = listeners(stream);
    for (const last of [5, 'text', undefined, null, [], Readable.from([])]) {
      expect(await rejection(anyPipeline(stream, last))).to.have.property(
        'code',
        'ERR_SLUICE_ARGUMENT',
      );
    }
    for (const parts of [[stream], [], [{}]])
      expect(await rejection(anyPipeline(...parts))).to.have.property(
        'code',
        'ERR_SLUICE_ARGUMENT',
      );
    expect(listeners(stream)).to.deep.equal(before);
    expect(stream.destroyed).to.equal(false);
  });

  it('is refused when it ends in a generator function, which nothing would read', async () => {
    const stream = Readable.from([1]);
    const generator = function* double(items: Iterable<number>) {
      for (const item of items) yield item * 2;
    };
    const error = await rejection(anyPipeline(stream, generator));
    expect(error).to.have.property('code', 'ERR_SLUICE_ARGUMENT');
    expect(error)
      .to.have.property('message')
      .that.matches(/double.*needs a sink behind it/);
    expect(stream.closed).to.equal(true);
  });
});

describe('trap: a part used twice', () => {
  noUnhandled();

  const twice: Record<string, (part: Stage<unknown, unknown>) => unknown> = {
    'in one pipeline': (part) => pipeline([1], part, part, toArray()),
    'in two pipelines': (part) =>
      pipeline([1], part, toArray()).then(() => pipeline([1], part, toArray())),
    'in a composed stage and a pipeline': async (part) => {
      compose(part, batch(1));
      await pipeline([1], part, toArray());
    },
    'in push and a pipeline': async (part) => {
      push(part, (x) => x);
      await pipeline([1], part, toArray());
    },
  };
  for (const [how, use] of Object.entries(twice)) {
    it(`is refused by name: a stage ${how}`, async () => {
      const error = await rejection((async () => use(batch(1, { name: 'mine' })))());
      expect(error).to.include({ name: 'UsedError', code: 'ERR_SLUICE_USED' });
      expect(error).to.have.property('message').that.includes('mine');
    });
  }

  const sources: Record<string, (part: Source<number>) => unknown> = {
    zip: (part) => zip(part, part),
    merge: (part) => merge(part, part),
    tee: (part) => [tee(part), tee(part)],
    from: (part) => [from(part), from(part)],
  };
  for (const [who, use] of Object.entries(sources)) {
    it(`is refused by ${who}: a source, at the call`, () => {
      expect(() => use(from([1])))
        .to.throw()
        .with.property('code', 'ERR_SLUICE_USED');
    });
  }

  it('is refused by broadcast: a sink, at the call', () => {
    const use = (part: Sink<unknown, unknown>) => broadcast(part, part);
    expect(() => use(toArray()))
      .to.throw()
      .with.property('code', 'ERR_SLUICE_USED');
  });

  it("is refused in Node's pipeline: a stage that one of ours has taken", async () => {
    const stage = map((x: number) => x);
    await pipeline([1], stage, toArray());
    const error = await rejection(nodeRun([[1], stage, new PassThrough({ objectMode: true })]));
    expect(error)
      .to.have.property('code')
      .that.matches(/^ERR_(SLUICE_USED|STREAM_)/);
  });

  it('is refused: the result of a sink that a pipeline has taken', async () => {
    const sink = toArray();
    await pipeline([1], sink);
    expect(await rejection(sink.result())).to.have.property('code', 'ERR_SLUICE_USED');
  });
});

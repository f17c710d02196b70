import { getEventListeners, once } from 'node:events';
import { addAbortSignal, type Readable, type Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  AbortError,
  batch,
  ClosedError,
  compose,
  drain,
  forEach,
  from,
  map,
  pipeline,
  pull,
  push,
  range,
  toArray,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { rejection } from '../helpers/rejection.js';

const reason = new Error('that is enough');

describe('signal and stop of push', () => {
  noUnhandled();

  it('signal rejects the sends that wait and close with AbortError, and tells the callbacks', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let seen: AbortSignal | undefined;
    const stuck = map((_: number, context) => {
      seen = context.signal;
      return new Promise<number>(() => {});
    });
    const producer = push(stuck, () => {}, { signal });
    const sends = [producer.send(1), producer.send(2)].map(rejection);
    controller.abort(reason);
    for (const error of await Promise.all([...sends, rejection(producer.close())]))
      expect(error).to.be.instanceOf(AbortError).with.property('cause', reason);
    expect(seen?.aborted).to.equal(true);
    expect(getEventListeners(signal, 'abort')).to.have.length(0);
  });

  it('signal that is aborted before closes the producer at once', async () => {
    const producer = push(() => {}, { signal: AbortSignal.abort(reason) });
    expect(await rejection(producer.send(1))).to.have.property('cause', reason);
    expect(producer.destroyed).to.equal(true);
  });

  it('signal of a producer without a send ends nothing else', async () => {
    const controller = new AbortController();
    const producer = push(batch(2), drain(), { signal: controller.signal });
    controller.abort(reason);
    await turn();
    expect(producer.destroyed).to.equal(true);
  });

  it('stop takes no more sends, and finishes those that wait and what is held', async () => {
    const controller = new AbortController();
    const got: number[][] = [];
    const consumer = (items: number[]) => got.push(items);
    const producer = push(batch<number>(2), consumer, { stop: controller.signal });
    const sends = [1, 2, 3].map((x) => producer.send(x));
    controller.abort();
    expect(await rejection(producer.send(4))).to.be.instanceOf(ClosedError);
    expect(await Promise.all(sends)).to.deep.equal([1, 1, 2]);
    expect(got).to.deep.equal([[1, 2], [3]]);
    expect(getEventListeners(controller.signal, 'abort')).to.have.length(0);
  });
});

describe('signal and stop of pull', () => {
  it('signal closes the source, tells the callbacks and is thrown, once', () => {
    const counted = new Counted();
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const note = map((x: number, { signal }) => {
      seen = signal;
      return x;
    });
    const items = pull(counted.items(), note, { signal: controller.signal });
    expect(items.next().value).to.equal(0);
    expect(seen?.aborted).to.equal(false);
    controller.abort(reason);
    expect(() => items.next())
      .to.throw(AbortError)
      .with.property('cause', reason);
    expect(counted).to.deep.equal({ asked: 1, closed: true });
    expect(seen?.aborted).to.equal(true);
    expect(items.next()).to.deep.equal({ done: true, value: undefined });
  });

  it('signal after the end changes nothing', () => {
    const controller = new AbortController();
    const items = pull(range(0, 1), { signal: controller.signal });
    expect([...items]).to.deep.equal([0]);
    controller.abort(reason);
    expect(items.next().done).to.equal(true);
  });

  it('stop ends the source; what is held comes out', () => {
    const controller = new AbortController();
    const stopAt = map((x: number) => {
      if (x === 2) controller.abort();
      return x;
    });
    const counted = new Counted();
    const items = pull(counted.items(), stopAt, batch(2), { stop: controller.signal });
    expect(items.next().value).to.deep.equal([0, 1]);
    expect(items.next().value).to.deep.equal([2, 3]);
    expect(items.next().done).to.equal(true);
    expect(counted.closed).to.equal(true);
  });

  for (const name of ['signal', 'stop']) {
    const message = (who: string) => `${who}: ${name} must be an AbortSignal, got now`;
    const options = { [name]: 'now' };
    refuses(`pull refuses a ${name} that is none`, () => pull([1], options), message('pull'));
    refuses(`push refuses a ${name} that is none`, () => push(drain(), options), message('push'));
  }
});

describe('what holds resources can be disposed of', () => {
  noUnhandled();

  it('what pull answers closes its source', () => {
    const counted = new Counted();
    const items = pull(counted.items());
    items.next();
    items[Symbol.dispose]();
    expect(counted.closed).to.equal(true);
  });

  it('a producer finishes what was sent', async () => {
    const got: number[][] = [];
    const producer = push(
      batch<number>(2),
      forEach((items) => got.push(items)),
    );
    const sent = producer.send(1);
    await producer[Symbol.asyncDispose]();
    await sent;
    expect(got).to.deep.equal([[1]]);
    await producer[Symbol.asyncDispose]();
  });

  it('a producer whose run has failed is disposed of without a word, as its sends have told', async () => {
    const fails = () => {
      throw reason;
    };
    const producer = push(fails);
    await rejection(producer.send(1));
    await producer[Symbol.asyncDispose]();
    expect(producer.destroyed).to.equal(true);
  });

  it('a source closes what it reads', async () => {
    const stream = never();
    const source = from(stream);
    source.on('error', () => {}).resume();
    await source[Symbol.asyncDispose]();
    expect(stream.closed).to.equal(true);
  });

  it('a sink in use is closed before the promise resolves', async () => {
    const sink = toArray<number>();
    await pipeline([1], sink, { end: false });
    await sink[Symbol.asyncDispose]();
    expect(sink.closed).to.equal(true);
    expect(await rejection(sink.result())).to.be.instanceOf(ClosedError);
  });

  it('what has become part of a run is no matter', async () => {
    const parts = [range(0, 2), batch<number>(2), toArray()] as const;
    const [source, stage, sink] = parts;
    await pipeline(source, stage, sink);
    for (const part of parts) {
      await part[Symbol.asyncDispose]();
      expect(part.closed).to.equal(true);
    }
  });

  it('an unused source, stage or sink closes', async () => {
    for (const part of [range(0, 2), batch<number>(2), toArray<number>()]) {
      await part[Symbol.asyncDispose]();
      expect(part.closed).to.equal(true);
    }
  });

  it('a stage in use lets go of what its function holds before the promise resolves', async () => {
    const log: string[] = [];
    const stage = compose(
      async function* hold(items: AsyncIterable<number>) {
        try {
          yield* items;
        } finally {
          await turn();
          log.push('let go');
        }
      },
      map((x: number) => x),
    );
    stage.on('data', () => {}).write(1);
    await turn();
    await stage[Symbol.asyncDispose]();
    expect(log).to.deep.equal(['let go']);
  });

  it('a producer that is aborted is closed before the promise resolves', async () => {
    const controller = new AbortController();
    const producer = push(toArray<number>(), { signal: controller.signal });
    controller.abort();
    await producer[Symbol.asyncDispose]();
    expect(producer.closed).to.equal(true);
  });

  for (const [what, make] of Object.entries({
    source: () => from(never()),
    stage: () => batch<number>(2),
    sink: () => toArray<number>(),
    producer: () => push(toArray<number>()),
  })) {
    it(`a ${what} used by itself takes a signal of Node's addAbortSignal`, async () => {
      const controller = new AbortController();
      const stream: Readable | Writable = addAbortSignal(controller.signal, make());
      const failed = once(stream, 'error');
      controller.abort();
      const [error] = await failed;
      expect(error).to.have.property('name', 'AbortError');
      expect(stream.destroyed).to.equal(true);
    });
  }
});

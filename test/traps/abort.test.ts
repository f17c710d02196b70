import { getEventListeners, once } from 'node:events';
import { Duplex } from 'node:stream';
import { expect } from 'chai';
import {
  AbortError,
  broadcast,
  type Context,
  compose,
  concat,
  drain,
  flatMap,
  forEach,
  map,
  merge,
  pipeline,
  tee,
  toArray,
  zip,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;
const reason = new Error('aborted on purpose');
const forever = () => new Promise<never>(() => {});

/** A source that waits for its signal, and one that never settles and has no signal. */
const listening = async function* ({ signal }: Context) {
  await once(signal, 'abort');
  yield 'told';
};
const deaf = async function* () {
  yield forever();
};
const stuck = () => new Duplex({ objectMode: true, read: () => {}, write: () => {} });

/** Places where a run may wait for ever. `counted` gives the items, if any. */
const waits: Record<string, (counted: Counted) => unknown[]> = {
  'a source that listens to its signal': () => [listening, drain()],
  'a source that does not': () => [deaf, drain()],
  'a stream that gives nothing': () => [never(), drain()],
  'a promise among the items': () => [[forever()], drain()],
  'a stage': (counted) => [counted.later(), map(forever), drain()],
  'what flatMap makes': (counted) => [counted.items(), flatMap(deaf), drain()],
  'a stage that is a function': (counted) => [
    counted.items(),
    async function* (items: AsyncIterable<number>) {
      for await (const _item of items) yield forever();
    },
    drain(),
  ],
  'a duplex stream': (counted) => [counted.items(), stuck(), drain()],
  'a sink': (counted) => [counted.later(), forEach(forever)],
  'a stream that takes nothing': (counted) => [counted.items(), new Stalled()],
  'an async function at the end': (counted) => [
    counted.items(),
    async (items: AsyncIterable<number>) => {
      for await (const _item of items) await forever();
    },
  ],
  'the end of an async function': () => [[1], async () => forever()],
  'one side of zip': (counted) => [zip(counted.items(), never()), drain()],
  'the other side of zip': (counted) => [zip(listening, counted.later()), drain()],
  'every side of merge': () => [merge(never(), listening), drain()],
  'the second of concat': () => [concat([1], listening), drain()],
  'the source of a tee': () => [zip(...tee(listening)), drain()],
  'one branch of a tee, with the other unread': (counted) => [tee(counted.items())[0], drain()],
  'a branch of a broadcast': (counted) => [
    counted.later(),
    broadcast(compose(map(forever), drain()), toArray()),
  ],
};

describe('trap: an abort that does not come through', () => {
  noUnhandled();

  for (const [where, make] of Object.entries(waits)) {
    it(`ends a run that waits in ${where}, whose input is closed`, async () => {
      const counted = new Counted();
      const controller = new AbortController();
      const { signal } = controller;
      const run = rejection(anyPipeline(...make(counted), { signal }));
      await quiet(() => counted.asked);
      controller.abort(reason);
      const error = await run;
      expect(error).to.be.instanceOf(AbortError).and.to.have.property('cause', reason);
      expect(error).to.include({ code: 'ABORT_ERR', name: 'AbortError' });
      if (counted.asked > 0 && where !== 'one branch of a tee, with the other unread')
        expect(counted.closed).to.equal(true);
      expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
    });

    it(`does not even ask where a run would wait in ${where}, when it came before`, async () => {
      const counted = new Counted();
      const signal = AbortSignal.abort(reason);
      const error = await rejection(anyPipeline(...make(counted), { signal }));
      expect(error).to.be.instanceOf(AbortError).and.to.have.property('cause', reason);
      expect(counted.asked).to.equal(0);
      expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
    });
  }

  for (const where of [
    'a source that listens to its signal',
    'a source that does not',
    'a stream that gives nothing',
    'one side of zip',
    'every side of merge',
    'the second of concat',
    'the source of a tee',
  ] as const) {
    it(`a graceful stop ends a run that waits in ${where}, and is no failure`, async () => {
      const counted = new Counted();
      const controller = new AbortController();
      const run = anyPipeline(...(waits[where] as (typeof waits)[string])(counted), {
        stop: controller.signal,
      });
      await quiet(() => counted.asked);
      controller.abort();
      expect(await run).to.equal(undefined);
      expect(counted.closed).to.equal(counted.asked > 0);
    });
  }

  it('of a graceful stop that takes too long ends it', async () => {
    const [stop, abort] = [new AbortController(), new AbortController()];
    const counted = new Counted();
    const options = { stop: stop.signal, signal: abort.signal };
    const run = rejection(pipeline(counted.items(), forEach(forever), options));
    await quiet(() => counted.asked);
    stop.abort();
    await quiet(() => counted.closed);
    abort.abort(reason);
    expect(await run).to.have.property('cause', reason);
    expect(counted).to.deep.equal({ asked: 1, closed: true });
  });
});

import { Transform, type TransformOptions } from 'node:stream';
import { type StageSpec, stageConformance } from '../../lib/testing/index.js';
import { type Faulty, findsFaults, PATIENCE } from './faulty.js';

type Fn = (items: AsyncIterable<number>) => AsyncGenerator<number>;

const spec: StageSpec<number, number> = { ...PATIENCE, input: [1, 2, 3], expected: [1, 2, 3] };

const transform = (options: TransformOptions, rest: Partial<typeof spec> = {}) =>
  stageConformance<number, number>(
    () =>
      new Transform({
        objectMode: true,
        transform: (item, _, done) => done(null, item),
        ...options,
      }),
    { ...spec, ...rest },
  );
const generator = (fn: Fn, rest: Partial<typeof spec> = {}) =>
  stageConformance<number, number>(() => fn, { ...spec, ...rest });

const OUTPUT = 'gives the expected items through pipeline';
const ABORT = 'aborts in pipeline while its input is silent, leaving nothing behind';
const STALL = 'stops its input in pipeline when the reader stalls';
const REFUSAL = "fails on an item it can't take in pipeline, which closes everything";

const faulty: Record<string, Faulty> = {
  'drops an item when it ends early': {
    checks: generator(
      async function* (items) {
        let count = 0;
        for await (const item of items) {
          count += 1;
          if (count === 2) return;
          yield item;
        }
      },
      { expected: [1, 2] },
    ),
    fails: [OUTPUT],
  },

  'loses items when its reader is slow': {
    checks: transform({
      transform(item, _, done) {
        if (this.readableLength < 8) this.push(item);
        done();
      },
    }),
    fails: ['gives a slow reader all that it gives one which waits for each item through pipeline'],
  },

  'goes on after an abort': {
    checks: generator(async function* (items) {
      const iterator = items[Symbol.asyncIterator]();
      for (;;) {
        const next = await iterator.next().catch(() => new Promise<never>(() => {}));
        if (next.done) return;
        yield next.value;
      }
    }),
    fails: [ABORT],
    saying: /not returned/,
  },

  'leaves a timer behind': {
    checks: transform({
      construct(done) {
        setTimeout(() => this.readableLength, 1000);
        done();
      },
    }),
    fails: [ABORT],
    saying: /Timeout/,
  },

  'leaves a listener on the process': {
    checks: transform({
      construct(done) {
        process.setMaxListeners(1000);
        process.on('SIGWINCH', () => this.destroy());
        done();
      },
    }),
    fails: ['leaves no listener on the streams beside it, the signal or the process'],
  },

  'leaves a listener on the stream that is piped to it': {
    checks: stageConformance<number, number>(() => {
      const stage = new Transform({
        objectMode: true,
        transform: (item, _, done) => done(null, item),
      });
      return stage.on('pipe', (source) => source.on('error', (error) => stage.destroy(error)));
    }, spec),
    fails: [
      'leaves no listener that a PassThrough would not on the streams it is piped to and from',
    ],
  },

  'swallows the error it is destroyed with': {
    checks: transform({ destroy: (_, done) => done(null) }),
    fails: ['emits the error it is destroyed with, once, then closes once'],
  },

  'drops what it should fail on': {
    checks: transform(
      {
        transform: (item, _, done) => {
          if (item === 7) done();
          else done(null, item);
        },
      },
      { failing: [1, 7] },
    ),
    fails: [REFUSAL],
    saying: /without failing/,
  },

  'emits an item after its end': {
    checks: transform({
      flush(done) {
        done();
        setImmediate(() => this.push(4));
      },
    }),
    fails: ['emits nothing after its end, also when its reader comes late'],
  },

  'gives an item again once it has taken the next': {
    checks: transform({
      transform(item, _, done) {
        setImmediate(() => this.push(item));
        done(null, item);
      },
      final: (done) => setImmediate(done),
    }),
    fails: [OUTPUT],
  },

  'takes items without bound': {
    checks: generator(async function* (items) {
      const held: number[] = [];
      for await (const item of items) if (held.push(item) > 50) yield held.shift() as number;
      yield* held;
    }),
    fails: [STALL],
    saying: /asked for 5[0-9] items, where 2 are enough/,
  },

  'waits for all of its input': {
    checks: generator(async function* (items) {
      const held: number[] = [];
      for await (const item of items) held.push(item);
      yield* held;
    }),
    fails: [STALL, "stops its input in Node's pipeline when the reader stalls"],
  },

  'answers null': {
    checks: generator(async function* (items) {
      for await (const item of items) yield item === 2 ? (null as never) : item;
    }),
    fails: [OUTPUT],
    saying: /null cannot be an item/,
  },

  'keeps what it holds at the end': {
    checks: stageConformance<number, number[]>(
      () => {
        let held: number[] = [];
        return new Transform({
          objectMode: true,
          transform: (item, _, done) => {
            if (held.push(item) < 2) return done();
            const full = held;
            held = [];
            done(null, full);
          },
        });
      },
      { ...PATIENCE, input: [1, 2, 3], expected: [[1, 2], [3]], inputsPerOutput: 2 },
    ),
    fails: [OUTPUT],
  },

  'leaves a rejection unhandled': {
    checks: transform({
      transform: (item, _, done) => {
        void Promise.reject(new Error('not handled by anything'));
        done(null, item);
      },
    }),
    fails: [OUTPUT],
    saying: /left unhandled: Error: not handled by anything/,
  },

  'never closes': {
    checks: transform({ destroy: () => {} }),
    fails: ['closes once and without an error when it is destroyed before use', ABORT],
  },

  'changes values that look like nothing': {
    checks: generator((items) => items as AsyncGenerator<number>, {
      values: {
        make: () =>
          async function* (items) {
            for await (const item of items) yield item || 0;
          },
        expected: (items) => items,
      },
    }),
    fails: ['hands on values that look like nothing through pipeline'],
  },
};

describe('stageConformance finds a stage that', () => {
  findsFaults(faulty);
});

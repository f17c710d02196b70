import { Writable } from 'node:stream';
import {
  type Callback,
  type Check,
  sinkConformance,
  stageConformance,
} from '../../lib/testing/index.js';
import { type Faulty, findsFaults, PATIENCE } from './faulty.js';

const input = [1, 2, 3];

type Make = (
  fn: (item: number, context: object) => Promise<number>,
) => (items: AsyncIterable<number>, context: { signal: AbortSignal }) => AsyncGenerator<number>;

function stage(make: Make): Check[] {
  const of = (fn: Callback) => make(async (item, context) => (await fn(item, context)) as number);
  const callback = { goOn: 1, make: of };
  const spec = { ...PATIENCE, input, expected: input, callback };
  return stageConformance<number, number>(() => of((item) => item), spec);
}

function sink(make: (fn: Callback) => Writable): Check[] {
  const callback = { goOn: 1, make };
  return sinkConformance(() => make(() => 1), { ...PATIENCE, input, result: undefined, callback });
}

const faulty: Record<string, Faulty> = {
  'is a stage and keeps the abort from it': {
    checks: stage(
      (fn) =>
        async function* (items) {
          const { signal } = new AbortController();
          for await (const item of items) yield await fn(item, { signal });
        },
    ),
    fails: ['aborts in pipeline while its callback waits, which hears of it'],
  },

  'is a stage and swallows its failure': {
    checks: stage(
      (fn) =>
        async function* (items, context) {
          for await (const item of items)
            try {
              yield await fn(item, context);
            } catch {}
        },
    ),
    fails: ['fails in pipeline, by name, when its callback throws'],
    saying: /asked for more|resolved|not over/,
  },

  'is a stage and fails with an error of its own': {
    checks: stage(
      (fn) =>
        async function* (items, context) {
          for await (const item of items)
            yield await fn(item, context).catch(() => Promise.reject(new Error('another')));
        },
    ),
    fails: ["fails in Node's pipeline, by name, when its callback rejects"],
    saying: /failed with Error: another/,
  },

  'is a sink and does not wait for it': {
    checks: sink(
      (fn) =>
        new Writable({
          objectMode: true,
          write: (item, _, done) => {
            const { signal } = new AbortController();
            Promise.resolve(fn(item, { signal })).catch(() => {});
            done();
          },
        }),
    ),
    fails: ['asks for no more while its callback is busy, which hears of an abort'],
    saying: /asked for|not over/,
  },

  'is a sink and swallows its failure': {
    checks: sink(
      (fn) =>
        new Writable({
          objectMode: true,
          write: (item, _, done) => {
            const call = async () => fn(item, {});
            call().then(
              () => done(),
              () => done(),
            );
          },
        }),
    ),
    fails: ['fails by name and closes its source when its callback throws'],
    saying: /asked for more|not over/,
  },
};

describe('a suite finds what takes a callback and', () => {
  findsFaults(faulty);
});

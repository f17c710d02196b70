import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import {
  broadcast,
  buffer,
  type Context,
  compose,
  dedupe,
  drain,
  dropWhile,
  every,
  filter,
  find,
  flatMap,
  forEach,
  groupBy,
  map,
  partition,
  pipeline,
  reduce,
  scan,
  some,
  sort,
  takeWhile,
  tally,
  tap,
  top,
  uniq,
} from '../../lib/index.js';
import { causeOf, rejection, suppressedBy } from '../../lib/testing/harness/rejection.js';

export type Call = (...args: unknown[]) => Promise<never>;
export type Parts = readonly unknown[];

export const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

/** A user's stream with one item that never ends. An error of it fails the run at once. */
export const oneItem = (): Readable => {
  const stream = new Readable({ objectMode: true, read: () => {} });
  stream.push('item');
  return stream;
};
const fails = (): never => {
  throw new Error('recovered from');
};

/** Parts behind the source whose callback is working on an item. */
export const callbacks: Record<string, (call: Call) => Parts> = {
  map: (call) => [map(call), drain()],
  'map with concurrency': (call) => [map(call, { concurrency: 2 }), drain()],
  'map with retry': (call) => [map(call, { retry: { attempts: 3 } }), drain()],
  'map, of another stage before it': (call) => [map((x) => x), tap(call), map((x) => x), drain()],
  filter: (call) => [filter(call), drain()],
  tap: (call) => [tap(call), drain()],
  scan: (call) => [scan(call, 0), drain()],
  flatMap: (call) => [flatMap(call), drain()],
  'flatMap, for one item of an array': (call) => [
    flatMap((...args: unknown[]) => [call(...args)]),
    drain(),
  ],
  'flatMap, in a generator': (call) => [
    flatMap(async function* (...args: unknown[]) {
      yield await call(...args);
    }),
    drain(),
  ],
  takeWhile: (call) => [takeWhile(call), drain()],
  dropWhile: (call) => [dropWhile(call), drain()],
  'the key of dedupe': (call) => [dedupe({ key: call }), drain()],
  'the key of uniq': (call) => [uniq({ key: call }), drain()],
  'the key of top': (call) => [top(2, call), drain()],
  'the key of sort': (call) => [sort({ by: call }), drain()],
  'what onError calls': (call) => [
    map(fails, { onError: (_error, ...args) => call(...args) }),
    drain(),
  ],
  forEach: (call) => [forEach(call)],
  'forEach in a branch': (call) => [broadcast(drain(), forEach(call))],
  'map in a branch': (call) => [broadcast(drain(), compose(map(call), drain()))],
  'map before a buffer': (call) => [map(call), buffer({ size: 2 }), drain()],
  'map before a duplex stream': (call) => [
    map(call),
    new PassThrough({ objectMode: true }),
    drain(),
  ],
  'what onError calls for a sink': (call) => [
    forEach(fails, { onError: (_error, ...args) => call(...args) }),
  ],
  reduce: (call) => [reduce(call, 0)],
  find: (call) => [find(call)],
  some: (call) => [some(call)],
  every: (call) => [every(call)],
  'the key of tally': (call) => [tally(call)],
  'the key of partition': (call) => [partition(call, { a: drain() })],
  'the key of groupBy': (call) => [groupBy(call, () => drain())],
  'a stage that is a function': (call) => [
    async function* stage(items: AsyncIterable<unknown>, context: Context) {
      for await (const item of items) yield await call(item, context);
    },
    drain(),
  ],
  'a sink that is a function': (call) => [
    async (items: AsyncIterable<unknown>, context: Context) => {
      for await (const item of items) await call(item, context);
    },
  ],
};

/** Calls `then` some turns after its signal aborts. The returned value can be a key. */
export const obeying =
  (then: (signal: AbortSignal) => unknown): Call =>
  async (...args) => {
    const { signal } = args.at(-1) as Context;
    if (!signal.aborted) await once(signal, 'abort');
    for (let turns = 0; turns < 4; turns += 1) await turn();
    then(signal);
    return 'a' as never;
  };

/** Ways to end a run while the callback is at work. */
export const endings = {
  fails: (source: Readable) => void source.destroy(new Error('the root cause')),
  'is aborted': (_source: Readable, controller: AbortController) =>
    controller.abort(new Error('the root cause')),
};

/** Ends a run while `call` is at work; returns its error. */
export async function ended(
  parts: (call: Call) => Parts,
  call: Call,
  end: (source: Readable, controller: AbortController) => void,
): Promise<unknown> {
  const source = oneItem();
  const controller = new AbortController();
  const begun = new Deferred<void>();
  const beginning: Call = (...args) => {
    begun.resolve();
    return call(...args);
  };
  const { signal } = controller;
  const failed = rejection(anyPipeline(source, ...parts(beginning), { signal }));
  await begun.promise;
  await turn();
  end(source, controller);
  return failed;
}

/** The original values of the errors in `suppressed` of `error`. */
export const noted = (error: unknown): unknown[] =>
  ((suppressedBy(error) ?? []) as unknown[]).map(causeOf);

export const expectCause = (error: unknown): void =>
  void expect(`${error} ${(error as Error).cause}`).to.include('the root cause');

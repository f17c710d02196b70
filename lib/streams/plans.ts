import { Duplex, Readable, Writable } from 'node:stream';
import { ReadableStream, WritableStream } from 'node:stream/web';
import type { Link } from '../core/chain.js';
import { ArgumentError } from '../core/errors.js';
import type { Host } from '../core/host.js';
import { isAsyncIterable, isIterable, pullFrom } from '../core/iterate.js';
import { LazyPull } from '../core/lazy-pull.js';
import type { Context } from '../core/run.js';
import { functionDrain } from './function-drain.js';
import { readStream } from './read-stream.js';
import { Sink, type SinkPlan } from './sink.js';
import { Source, type SourcePlan } from './source.js';
import { Stage } from './stage.js';
import { throughDuplex } from './through-duplex.js';
import { type StageFunction, throughFunction } from './through-function.js';
import { writeStream } from './write-stream.js';

type SourceFunction = (context: Context) => Iterable<unknown> | AsyncIterable<unknown>;

/** The plan of anything that can be read. `who` asks, for the message when it can't. */
export function sourcePlan(who: string, source: unknown): SourcePlan {
  if (source instanceof Source) {
    const plan = source.claim();
    if (plan) return plan;
  }
  if (source instanceof ReadableStream)
    return sourcePlan(who, Readable.fromWeb(source, { objectMode: true }));
  if (isReadable(source)) {
    const origin = readStream(source);
    return { name: origin.name, origin, links: [] };
  }
  if (typeof source === 'function') return madeBy(source as SourceFunction);
  if (isIterable(source) || isAsyncIterable(source)) {
    return {
      name: 'from',
      origin: { name: 'from', open: (host) => pullFrom(source, host) },
      links: [],
    };
  }
  throw new ArgumentError(
    `${who}: the source must be a stream, an iterable, or a function that makes one; got ${describe(source)}`,
  );
}

/** The plan of an iterable that a function makes when its first item is wanted. */
function madeBy(fn: SourceFunction): SourcePlan {
  const name = fn.name || 'function';
  const make = (host: Host) => {
    const items: unknown = fn(host.run.context);
    if (isIterable(items) || isAsyncIterable(items)) return pullFrom(items, host);
    throw new ArgumentError(
      `${name} must return an iterable or async iterable, got ${describe(items)}`,
    );
  };
  return { name, origin: { name, open: (host) => new LazyPull(() => make(host)) }, links: [] };
}

/** The links of anything that turns items into items. */
export function stageLinks(who: string, stage: unknown): readonly Link[] {
  if (stage instanceof Stage) {
    const plan = stage.claim();
    if (plan) return plan.links;
  }
  if (isDuplex(stage)) return [throughDuplex(stage)];
  if (isWebPair(stage)) return [throughDuplex(Duplex.fromWeb(stage, { objectMode: true }))];
  if (typeof stage === 'function') return [throughFunction(stage as StageFunction)];
  throw new ArgumentError(
    `${who}: a stage must be a stage, a duplex stream or an async generator function; got ${describe(stage)}`,
  );
}

/** The plan of anything that items can end in. */
export function sinkPlan(who: string, sink: unknown, end = true): SinkPlan {
  if (sink instanceof Stage) {
    throw new ArgumentError(
      `${who}: the last argument is a stage, so nothing would read its items; add a sink, such as toArray() or drain()`,
    );
  }
  if (sink instanceof Sink) {
    const plan = sink.claim();
    if (plan) return plan;
    const drain = writeStream(sink, end);
    const ended = drain.end;
    return {
      name: drain.name,
      links: [],
      drain: {
        ...drain,
        end: (context) => Promise.resolve(ended?.(context)).then(() => sink.result()),
      },
    };
  }
  if (sink instanceof WritableStream)
    return sinkPlan(who, Writable.fromWeb(sink, { objectMode: true }), end);
  if (isWritable(sink)) {
    const drain = writeStream(sink, end);
    return { name: drain.name, links: [], drain };
  }
  if (typeof sink === 'function') {
    const drain = functionDrain(sink as StageFunction);
    return { name: drain.name, links: [], drain };
  }
  throw new ArgumentError(
    `${who}: the last argument must be a sink, a writable stream or an async function; got ${describe(sink)}`,
  );
}

const isStream = (value: unknown, method: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { on?: unknown }).on === 'function' &&
  typeof (value as Record<string, unknown>)[method] === 'function';

const isReadable = (value: unknown): value is Readable => isStream(value, 'read');
const isWritable = (value: unknown): value is Writable => isStream(value, 'write');
const isDuplex = (value: unknown): value is Duplex => isReadable(value) && isWritable(value);

const isWebPair = (
  value: unknown,
): value is { readable: ReadableStream; writable: WritableStream } =>
  typeof value === 'object' &&
  value !== null &&
  (value as { readable?: unknown }).readable instanceof ReadableStream &&
  (value as { writable?: unknown }).writable instanceof WritableStream;

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return value.constructor?.name ?? 'an object';
}

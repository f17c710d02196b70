import { ArgumentError } from '../core/base/errors.js';
import { disown } from '../core/base/thenable.js';
import type { Context } from '../core/protocol/context.js';
import type { Drain } from '../core/protocol/drain.js';
import type { Host } from '../core/protocol/host.js';
import type { Link, Origin, Through } from '../core/protocol/link.js';
import { isAsyncIterable, isIterable, pullFrom } from '../core/pulls/iterable-pull.js';
import { ContextPull, LazyPull } from '../core/pulls/lazy-pull.js';
import { functionDrain } from './adapters/function-drain.js';
import { chunksIn } from './adapters/read-batches.js';
import { readStreams, StreamPull } from './adapters/read-streams.js';
import { isWebReadable, readWeb, WebPull } from './adapters/read-web.js';
import { isFed, unspent } from './adapters/shared-keys.js';
import {
  isDuplex,
  isReadable,
  isWebPair,
  isWritable,
  type WebPair,
} from './adapters/stream-kinds.js';
import { DuplexPull } from './adapters/through-duplex.js';
import { type StageFunction, throughFunction } from './adapters/through-function.js';
import { throughStreams } from './adapters/through-streams.js';
import { isWriter, writeBatches } from './adapters/write-batches.js';
import { writeStreams } from './adapters/write-streams.js';
import { isWebWritable, writeWeb } from './adapters/write-web.js';
import { Sink, type SinkPlan } from './sink.js';
import { Source, type SourcePlan } from './source.js';
import { Stage } from './stage.js';
import { writeFed } from './write-fed.js';

type SourceFunction = (context: Context) => Iterable<unknown> | AsyncIterable<unknown>;

/** Makes the plan of anything that can be read. `who` is the caller, for the error message. */
export function sourcePlan(who: string, source: unknown): SourcePlan {
  if (source instanceof Source) {
    const plan = source.claim();
    if (plan) return plan;
  }
  // A string can be iterated, but a path is meant nearly always. `from` and `pull` take what JavaScript iterates.
  if (typeof source === 'string' && who !== 'from' && who !== 'pull') {
    throw new ArgumentError(
      `${who}: the source is a string: createReadStream(path) reads a file, [text] is one item, and from(text) gives characters`,
    );
  }
  if (isWebReadable(source)) return planOf(readWeb(source));
  if (isReadable(source)) return planOf(readStreams([unspent(source)]));
  if (typeof source === 'function') return madeBy(source as SourceFunction);
  const items = chunksIn(source) ?? source;
  if (isIterable(items) || isAsyncIterable(items))
    return planOf({ name: 'from', open: (host) => pullFrom(items, host) });
  throw new ArgumentError(
    `${who}: the source must be a stream, an iterable, or a function that makes one; got ${describe(source)}`,
  );
}

const planOf = (origin: Origin): SourcePlan => ({ name: origin.name, origin, links: [] });

/** Makes the plan of a function that is called when the first item is wanted, and returns an iterable or a stream. */
function madeBy(fn: SourceFunction): SourcePlan {
  const name = fn.name || 'function';
  const make = (context: Context, host: Host) => {
    const items: unknown = fn(context);
    if (isReadable(items)) return new StreamPull([items], host);
    if (isIterable(items) || isAsyncIterable(items)) return pullFrom(items, host);
    disown(items);
    throw new ArgumentError(
      `${name} must return an iterable or async iterable, got ${describe(items)}`,
    );
  };
  return planOf({ name, open: (host) => new ContextPull((context) => make(context, host), host) });
}

/** Makes the links of anything that turns items into items. */
export function stageLinks(who: string, stage: unknown): readonly Link[] {
  if (stage instanceof Stage) {
    const plan = stage.claim();
    if (plan) return plan.links;
  }
  if (isDuplex(stage)) {
    return [throughStreams([unspent(stage)])];
  }
  if (isWebPair(stage)) {
    return [throughWeb(stage, describe(stage))];
  }
  if (typeof stage === 'function') return [throughFunction(stage as StageFunction)];
  throw new ArgumentError(
    `${who}: a stage must be a stage, a duplex stream or an async generator function; got ${describe(stage)}`,
  );
}

/** Makes the plan of anything that takes items. `place` says where it was given, for the error message. */
export function sinkPlan(place: string, sink: unknown, end = true): SinkPlan {
  if (isFed(sink) && isDuplex(sink)) {
    throw new ArgumentError(
      `${place} is a stage, so nothing would read its items; add a sink, such as toArray() or drain()`,
    );
  }
  if (sink instanceof Sink) {
    const plan = sink.claim(end);
    if (plan) return plan;
  }
  if (isFed(sink)) return lastOf(writeFed(unspent(sink), end));
  if (isWebWritable(sink)) return lastOf(writeWeb(sink, end));
  if (isWritable(sink)) return lastOf(writeStreams([sink], end));
  if (isWriter(sink)) return lastOf(writeBatches(sink, end));
  if (typeof sink === 'function') return lastOf(functionDrain(sink as StageFunction));
  throw new ArgumentError(
    `${place} must be a sink, a writable stream or an async function; got ${describe(sink)}`,
  );
}

/** Makes a link of two web streams. */
function throughWeb({ readable, writable }: WebPair, name: string): Through {
  return {
    name,
    transparent: true,
    through: (upstream, host, ref) => {
      const reading = new LazyPull(() => new WebPull(readable, host));
      return new DuplexPull({ reading, writing: writeWeb(writable) }, upstream, host, ref);
    },
  };
}

const lastOf = (drain: Drain): SinkPlan => ({ name: drain.name, links: [], drain });

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return value.constructor?.name ?? 'an object';
}

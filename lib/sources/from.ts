import { validateOptions } from '../core/base/validate.js';
import { sourcePlan } from '../streams/plans.js';
import { Source } from '../streams/source.js';
import type { NameOptions, SourceLike } from '../streams/types.js';

/**
 * Makes a source from anything that can be read: an iterable, an async iterable, a generator function, a `Readable`, a
 * web `ReadableStream`. Promises among the items are awaited. A string gives its characters, as in `for of`.
 *
 * Emits: an item whenever one is asked for. A generator function is called, with `{ signal }`, at the first one.
 * Ends: when `items` ends. When the run ends first, it closes `items`.
 * Fails: when reading `items` fails; an error of a stream is passed on unchanged.
 *
 * @param items what to read.
 * @param options the default of `name` is the function's name, the stream's class, or `from`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `items` can't be read.
 * @throws {UsedError} ERR_SLUICE_USED at the call: `items` is a source that is already part of a pipeline.
 * @example
 * await pipeline(from(new Set([1, 2])), toArray()) // [1, 2]
 */
export function from<T>(items: SourceLike<T>, options: NameOptions = {}): Source<T> {
  validateOptions('from', options);
  const plan = sourcePlan('from', items);
  const { name } = options;
  if (name === undefined) return new Source<T>(plan);
  return new Source<T>({ ...plan, name, origin: { ...plan.origin, name } });
}

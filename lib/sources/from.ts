import { validateOptions } from '../core/base/validate.js';
import { sourcePlan } from '../streams/plans.js';
import { Source } from '../streams/source.js';
import type { NameOptions, SourceLike } from '../streams/types.js';

/**
 * Makes a source of anything that can be read: an iterable, an async iterable, a generator function, a `Readable`, a
 * web `ReadableStream`. Promises among the items are waited for; a string gives its characters, as in `for of`.
 *
 * Emits: an item whenever one is asked for. A function is called, with `{ signal }`, when the first one is.
 * Ends: with what it reads; when the run ends, that is closed.
 * Fails: when what it reads does; the errors of a stream stay what they are.
 *
 * @param items what is read; a function is a generator function.
 * @param options `name` is by default the function's name, the stream's class, or `from`.
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

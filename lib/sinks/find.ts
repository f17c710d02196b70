import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Results in the first item for which `fn` returns a truthy value, or in `undefined` when there is none. A promise is
 * awaited.
 *
 * Holds: nothing.   Waits: while a promise of `fn` is pending.
 * Ends: at that item. It asks for no more, and closes its input.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`; a type guard narrows the result's type.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * whether this is the item; beside a type guard it can only return `false`. A skipped item does not count.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(range(0, 100), find((x) => x > 5)) // 6
 */
export function find<I, O extends I>(
  fn: (item: I, context: Context) => item is O,
  options?: CallbackOptions<I, false>,
): Sink<I, O | undefined>;
export function find<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Sink<T, T | undefined>;
export function find<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Sink<T, T | undefined> {
  validateFunction('find', 'fn', fn);
  validateOptions('find', options, POLICIES);
  const callback = new Callback('find', fn, options);
  const ask = callback.fn;
  let found: { readonly item: T } | undefined;
  const look = (item: T, context: Context): void | PromiseLike<void> =>
    whenReady(ask(item, context), (hit): void => {
      if (hit) found = { item };
    });
  return sink<T, T | undefined>(
    'find',
    { take: look, done: () => found !== undefined, end: () => found?.item },
    options,
    fn,
    callback,
  );
}

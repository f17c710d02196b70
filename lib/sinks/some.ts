import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Results in whether `fn` returns a truthy value for any item; `false` without items. A promise is awaited.
 *
 * Holds: nothing.   Waits: while a promise of `fn` is pending.
 * Ends: at the first item for which `fn` returns a truthy value. It asks for no more, and closes its input.
 * Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * the answer instead of `fn`; a skipped item does not count.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(range(0, 100), some((x) => x > 5)) // true
 */
export function some<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Sink<T, boolean> {
  validateFunction('some', 'fn', fn);
  validateOptions('some', options, POLICIES);
  const callback = new Callback('some', fn, options);
  const ask = callback.fn;
  let found = false;
  const look = (item: T, context: Context): void | PromiseLike<void> =>
    whenReady(ask(item, context), (passed): void => {
      found = Boolean(passed);
    });
  return sink<T, boolean>(
    'some',
    { take: look, done: () => found, end: () => found },
    options,
    fn,
    callback,
  );
}

import { ArgumentError, ClosedError, type StageRef, stageError } from '../../core/base/errors.js';
import { isThenable } from '../../core/base/thenable.js';
import type { LazyContext } from '../../core/protocol/context.js';
import type { Drain, DrainHost } from '../../core/protocol/drain.js';
import { WAIT } from '../../core/protocol/pull.js';
import { awaitWithinGrace } from '../../core/pulls/grace-period.js';
import { isAsyncIterable } from '../../core/pulls/iterable-pull.js';
import { Reader } from './reader.js';
import type { StageFunction } from './through-function.js';

/** Makes a drain of an async function that reads all items: it takes an item when asked; its promise is the result. */
export function functionDrain(fn: StageFunction): Drain<unknown, unknown> {
  const held: unknown[] = [];
  let result: Promise<unknown> | undefined;
  let settled = false;
  let reader: Reader | undefined;
  let context: LazyContext | undefined;

  return {
    name: fn.name || 'function',
    transparent: true,
    open: (loop, ref) => {
      const asked = () => {
        if (held.length > 0) reader?.give(held.shift());
        if (held.length === 0) loop.unblock();
      };
      // A function that stops reading may still be running and need its signal: the run ends when its promise settles.
      reader = new Reader(asked, () => {});
      context = loop.context;
      result = call(fn, reader, loop, ref).then(
        (value) => {
          settled = true;
          loop.unblock();
          return value;
        },
        (error: unknown) => {
          const named = stageError(ref, error);
          if (loop.live) loop.fail(named);
          throw named;
        },
      );
      result.catch(() => {});
      // Nothing is read if the function does not ask.
      return reader.wanted ? undefined : WAIT;
    },
    take: (item) => {
      if (reader?.wanted) reader.give(item);
      else held.push(item);
      return reader?.wanted ? undefined : WAIT;
    },
    waits: () => [{ what: 'the function to ask for an item', held: held.length }],
    done: () => settled,
    end: () => {
      reader?.end();
      return result;
    },
    close: async () => {
      if (!result || !context) return;
      const { failure } = context;
      reader?.fail(failure ? failure.error : new ClosedError('the input'));
      await awaitWithinGrace(result, context);
    },
  };
}

function call(fn: StageFunction, reader: Reader, loop: DrainHost, ref: StageRef): Promise<unknown> {
  let promise: unknown;
  try {
    promise = fn(reader, loop.context);
  } catch (error) {
    throw stageError(ref, error);
  }
  if (isThenable(promise)) return Promise.resolve(promise);
  if (isAsyncIterable(promise)) return runThrough(promise);
  throw new ArgumentError(
    `${ref.name} is the last of the pipeline and must return a promise; to be a stage, it needs a sink behind it`,
  );
}

/** An async generator function at the end is run for what it does. What it yields is dropped, as by Node. */
async function runThrough(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

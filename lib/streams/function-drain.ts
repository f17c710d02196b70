import type { Drain } from '../core/drain.js';
import { ArgumentError, type StageRef, stageError } from '../core/errors.js';
import type { Loop } from '../core/loop.js';
import { WAIT } from '../core/pull.js';
import { isThenable } from '../core/thenable.js';
import { Reader } from './reader.js';
import type { StageFunction } from './through-function.js';

/** An async function that reads all items, as a drain: its promise is the result, its asking the demand. */
export function functionDrain(fn: StageFunction): Drain<unknown, unknown> {
  const name = fn.name || 'function';
  const held: unknown[] = [];
  let result: PromiseLike<unknown> | undefined;
  let settled = false;
  let reader: Reader | undefined;

  return {
    name,
    transparent: true,
    open: (loop, ref) => {
      const own = new Reader(
        () => {
          if (held.length > 0) own.give(held.shift());
          if (held.length === 0) loop.unblock();
        },
        () => {
          settled = true;
          loop.unblock();
        },
      );
      reader = own;
      result = start(fn, own, loop, ref, () => {
        settled = true;
      });
    },
    take: (item) => {
      if (reader?.wanted) reader.give(item);
      else held.push(item);
      return reader?.wanted ? undefined : WAIT;
    },
    done: () => settled,
    end: () => {
      reader?.end();
      return result;
    },
    close: () => reader?.end(),
  };
}

function start(
  fn: StageFunction,
  reader: Reader,
  loop: Loop,
  ref: StageRef,
  done: () => void,
): PromiseLike<unknown> {
  const failed = (error: unknown) => loop.fail(stageError(ref, error));
  const promise = call(fn, reader, loop, ref);
  promise.then(() => {
    done();
    loop.unblock();
  }, failed);
  return promise;
}

function call(fn: StageFunction, reader: Reader, loop: Loop, ref: StageRef): PromiseLike<unknown> {
  let promise: unknown;
  try {
    promise = fn(reader, loop.run.context);
  } catch (error) {
    throw stageError(ref, error);
  }
  if (isThenable(promise)) return promise;
  throw new ArgumentError(
    `${ref.name} is the last of the pipeline and must return a promise; a generator function is a stage and needs a sink behind it`,
  );
}

import { ArgumentError, ClosedError, type StageRef, stageError } from '../../core/base/errors.js';
import { disown } from '../../core/base/thenable.js';
import type { Context } from '../../core/protocol/context.js';
import type { Host } from '../../core/protocol/host.js';
import type { Through } from '../../core/protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import { closeAll, closeIgnoring, closeNamed } from '../../core/pulls/close.js';
import { isAsyncIterable, isIterable, pullFrom } from '../../core/pulls/iterable-pull.js';
import { ContextPull } from '../../core/pulls/lazy-pull.js';
import { NO_WAITS, type WaitReport } from '../../core/stall/wait-report.js';
import { madeStream } from './made-stream.js';
import { Reader } from './reader.js';

export type StageFunction = (items: AsyncIterable<unknown>, context: Context) => unknown;

/** Makes a link of a function from async iterable to async iterable, such as an async generator function. */
export function throughFunction(fn: StageFunction): Through {
  return {
    name: fn.name || 'function',
    transparent: true,
    through: (upstream, host, ref) => new FunctionPull(fn, upstream(host), host, ref),
  };
}

type Made = Iterable<unknown> | AsyncIterable<unknown>;

class FunctionPull implements Pull<unknown> {
  readonly #upstream: Pull<unknown>;
  readonly #reader: Reader;
  readonly #made: ContextPull;
  readonly #ref: StageRef;
  readonly #host: Host;
  #upstreamFailure: { readonly error: unknown } | undefined;

  constructor(fn: StageFunction, upstream: Pull<unknown>, host: Host, ref: StageRef) {
    this.#ref = ref;
    this.#host = host;
    this.#upstream = upstream;
    this.#reader = new Reader(
      () => host.wake(),
      () => {
        host.endEarly();
        return this.#upstream.close();
      },
    );
    const make = (context: Context) => itemsOf(made(fn, this.#reader, context, ref.name), host);
    this.#made = new ContextPull(make, host);
  }

  pull(): Pulled<unknown> {
    this.#feed();
    const item = this.#call(() => this.#made.pull());
    if (item === WAIT) this.#feed();
    return item;
  }

  /** Reads only as many items as the function has asked for. */
  #feed(): void {
    while (this.#reader.wanted) {
      const item = this.#read();
      if (item === WAIT) return;
      if (item === END) return this.#reader.end();
      this.#reader.give(item);
    }
  }

  #read(): Pulled<unknown> {
    try {
      const item = this.#upstream.pull();
      // What the function makes of the item can't be known, so no answer is that of the item's send.
      this.#host.acks = undefined;
      return item;
    } catch (error) {
      this.#upstreamFailure = { error };
      this.#reader.fail(error);
      return WAIT;
    }
  }

  /** An error from upstream that passes through the function is not the function's own. */
  #call<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      const upstream = this.#upstreamFailure;
      throw upstream && error === upstream.error ? error : stageError(this.#ref, error);
    }
  }

  waits(): readonly WaitReport[] {
    if (this.#made.waits().length === 0) return NO_WAITS;
    return [{ what: this.#reader.wanted ? 'an item to read' : 'what the function awaits' }];
  }

  close(): void | Promise<void> {
    const closed = new ClosedError('the input');
    this.#reader.fail(closed);
    const made = { close: () => closeIgnoring(this.#made, (error) => error === closed) };
    const close = () => closeNamed(made, (error) => stageError(this.#ref, error));
    return closeAll([{ close }, this.#upstream]);
  }
}

const itemsOf = (items: Made, host: Host): Pull<unknown> =>
  madeStream(items, host) ?? pullFrom(items, host);

function made(fn: StageFunction, reader: Reader, context: Context, name: string): Made {
  const items = fn(reader, context);
  if (isItems(items, reader)) return items;
  disown(items);
  throw new ArgumentError(
    `${name} must return an iterable or async iterable: use an async generator function, or map(fn) if the function is for one item`,
  );
}

/**
 * A function that is meant for single items, such as `(x) => x + 1` or `(x) => [x]`, makes a string or an array of the
 * reader itself. Both can be iterated, and neither is what its author meant.
 */
function isItems(made: unknown, reader: Reader): made is Made {
  if (typeof made === 'string' || (Array.isArray(made) && made.includes(reader))) return false;
  return isAsyncIterable(made) || isIterable(made);
}

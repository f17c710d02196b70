import type { Policies } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import type { WaitingRunOptions } from '../core/protocol/run-options.js';
import type { GIVES, KIND } from './kind.js';
import type { Sink } from './sink.js';
import type { Source } from './source.js';
import type { Stage } from './stage.js';

/** Tells everybody else's streams from ours, for the type checker. */
export interface Foreign {
  readonly [KIND]?: never;
}

/** Anything items can be read from: any stream, iterable, async iterable, or a function that makes one. */
export type SourceLike<T> =
  | Source<T>
  | StageOutput<T>
  | (Iterable<T | PromiseLike<T>> & Foreign)
  | (AsyncIterable<T> & Foreign)
  | ((context: Context) => Iterable<T | PromiseLike<T>> | AsyncIterable<T>);

/** A stage that somebody else writes into, read as a source. */
export interface StageOutput<T> {
  readonly [KIND]: 'stage';
  readonly [GIVES]: T;
}

/** Anything that turns items into items: a stage, a duplex stream, an async generator function. */
export type StageLike<I, O> =
  | Stage<I, O>
  | DuplexLike
  | ((items: AsyncIterable<I>, context: Context) => AsyncIterable<O>)
  | TransformStreamLike<I, O>;

/** Anything items can end in: a sink, a writable stream, an async function that reads them all. */
export type SinkLike<I, R, A = unknown> =
  | Sink<I, R, A>
  | WritableLike
  | ((items: AsyncIterable<I>, context: Context) => Promise<R>)
  | WritableStreamLike<I>;

/** A writable stream of Node's. Said this way, it lends the callbacks beside it no type of its own. */
export interface WritableLike extends Foreign {
  write(item: never): boolean;
  end(): unknown;
  on(event: string, listener: (...args: never) => void): unknown;
}

/** A duplex stream of Node's, in the same way. */
export interface DuplexLike extends WritableLike {
  read(): unknown;
}

/** A web `TransformStream`, structurally. */
export interface TransformStreamLike<I, O> extends Foreign {
  readonly writable: WritableStreamLike<I>;
  readonly readable: { getReader(): unknown } & AsyncIterable<O>;
}

/** A web `WritableStream`, structurally. */
export interface WritableStreamLike<I> extends Foreign {
  getWriter(): {
    write(item: I): Promise<void>;
    close(): Promise<void>;
    abort(reason?: unknown): Promise<void>;
  };
}

/** Options of `pipeline`. */
export interface PipelineOptions extends WaitingRunOptions {
  /**
   * False leaves the last stream open when the source has ended. The run of a sink of ours has no result then: its
   * `result()` tells, once somebody ends it. Default true.
   */
  readonly end?: boolean | undefined;
}

/** Options of every stage, source and sink. One that is not known is refused at the call. */
export interface NameOptions {
  /** Name in errors and traces. Default: the operator's, with the callback's if it has one. */
  readonly name?: string | undefined;
}

/**
 * Options of stages and sinks with a callback: what becomes of an item that the callback fails on. `onError` is not
 * asked once the run has failed, is aborted, or has ended.
 */
export interface CallbackOptions<I, R> extends NameOptions, Policies<I, R> {}

/** What `onError` answers, as part of what comes out. Only `onError` itself tells its type, not what is behind the stage. */
export type Replaced<R> = [R][R extends unknown ? 0 : never];

declare const HINT: unique symbol;

/** Lets one overload lend its argument's type to a callback without accepting that argument. */
export type Hint<T> = T & { readonly [HINT]: never };

/** A source that is no function: in `compose`, a function is a stage. */
export type SourceItems<T> =
  | Source<T>
  | (Iterable<T | PromiseLike<T>> & Foreign)
  | (AsyncIterable<T> & Foreign);

/** What can be read synchronously. */
export type PullSource<T> =
  | Source<T>
  | (Iterable<T> & Foreign)
  | ((context: Context) => Iterable<T>);

/** What `pull` answers: items one by one, for `using` or not. */
export interface PullItems<T> extends IterableIterator<T>, Disposable {}

/** The type of the items of a source. */
export type ItemOf<S> =
  S extends Source<infer T>
    ? T
    : S extends AsyncIterable<infer T>
      ? T
      : S extends Iterable<infer T>
        ? Awaited<T>
        : S extends (...args: never) => AsyncIterable<infer T>
          ? T
          : S extends (...args: never) => Iterable<infer T>
            ? Awaited<T>
            : never;

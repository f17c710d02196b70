import type { Policies } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import type { WaitingRunOptions } from '../core/protocol/run-options.js';
import type { GIVES, KIND } from './kind.js';
import type { Sink } from './sink.js';
import type { Source } from './source.js';
import type { Stage } from './stage.js';

/** For the type checker: matches everything but our own streams. */
export interface Foreign {
  readonly [KIND]?: never;
}

/** Anything that items can be read from: a stream, an iterable, an async iterable, or a function that makes one. */
export type SourceLike<T> =
  | Source<T>
  | StageOutput<T>
  | (Iterable<T | PromiseLike<T>> & Foreign)
  | (AsyncIterable<T> & Foreign)
  | ((context: Context) => Iterable<T | PromiseLike<T>> | AsyncIterable<T>);

/** A stage that other code writes to, read as a source. */
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

/** Anything that takes items: a sink, a writable stream, or an async function that reads them all. */
export type SinkLike<I, R, A = unknown> =
  | Sink<I, R, A>
  | WritableLike
  | ((items: AsyncIterable<I>, context: Context) => Promise<R>)
  | WritableStreamLike<I>
  | WriterLike;

/** A writable stream of Node. Described by its methods, so that it gives no type to the callbacks beside it. */
export interface WritableLike extends Foreign {
  write(item: never): boolean;
  end(): unknown;
  on(event: never, listener: never): unknown;
}

/** A duplex stream of Node, described in the same way. */
export interface DuplexLike extends WritableLike {
  read(): unknown;
}

/** A web `TransformStream`, described by its properties. */
export interface TransformStreamLike<I, O> extends Foreign {
  readonly writable: WritableStreamLike<I>;
  readonly readable: { getReader(): unknown } & AsyncIterable<O>;
}

/** A web `WritableStream`, described by its methods. */
export interface WritableStreamLike<I> extends Foreign {
  getWriter(): {
    write(item: I): Promise<void>;
    close(): Promise<void>;
    abort(reason?: unknown): Promise<void>;
  };
}

/** A writer of Node's `stream/iter`, which takes bytes and text, described by its methods. */
export interface WriterLike extends Foreign {
  write(chunk: never): PromiseLike<unknown>;
  writev(chunks: never): PromiseLike<unknown>;
  end(): PromiseLike<unknown>;
  fail(reason?: unknown): unknown;
}

/** Options of `pipeline`. */
export interface PipelineOptions extends WaitingRunOptions {
  /**
   * False leaves the last stream open when the source has ended. A run into a sink of ours then has no result; the
   * sink's `result()` has it, once the sink is ended. Default true.
   */
  readonly end?: boolean | undefined;
}

/** Options of every stage, source and sink. An unknown option throws at the call. */
export interface NameOptions {
  /** The name in errors and traces. Default: the operator's, with the callback's if it has one. */
  readonly name?: string | undefined;
}

/** Options of stages and sinks with a callback. `onError` is not called once the run has failed, aborted or ended. */
export interface CallbackOptions<I, R> extends NameOptions, Policies<I, R> {}

/**
 * The type of the items that `onError` gives. It is inferred from `onError` alone, not from the stages after this one.
 */
export type Replaced<R> = [R][R extends unknown ? 0 : never];

declare const HINT: unique symbol;

/** Gives the type of an argument to the callbacks of an overload, without accepting that argument. */
export type Hint<T> = T & { readonly [HINT]: never };

/**
 * The items of a branch: `T`, which the place of the junction asks for; or, where nothing is asked, what the branches
 * take. So a branch that takes anything leaves the others what they get.
 */
export type Asked<T, I> = [T] extends [never] ? I : NoInfer<T>;

/** A sink among the branches of a junction. */
export type BranchSink<T, I, R, X> = SinkLike<Asked<T, I>, R, X>;

/** In `compose`, a stage that comes first: a callback has the same types as in a source. */
export type FirstStage<I, O> = StageLike<I, O> | Hint<SourceLike<O>>;

/** A sink that comes last: a callback has the same types as in a stage. */
export type LastSink<I, R, A = unknown> = SinkLike<I, R, A> | Hint<StageLike<I, unknown>>;

/** What comes last in `pipeline`. Options follow a sink, and so no stage that gives an `I`. */
export type SinkOrOptions<I, R> = LastSink<I, R> | (unknown extends I ? PipelineOptions : never);

/** A source that is not a function: in `compose`, a function is a stage. */
export type SourceItems<T> =
  | Source<T>
  | (Iterable<T | PromiseLike<T>> & Foreign)
  | (AsyncIterable<T> & Foreign);

/** A source that can be read synchronously. */
export type PullSource<T> =
  | Source<T>
  | (Iterable<T> & Foreign)
  | ((context: Context) => Iterable<T>);

/** The result of `pull`: an iterator that can be used with `using`. */
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

import { Awaiting } from './awaiting.js';
import { closeAll, closeNamed } from './close-all.js';
import { NullItemError, type StageRef, stageError } from './errors.js';
import type { Host } from './host.js';
import { isAsyncIterable, isIterable, pullFrom } from './iterate.js';
import { END, type Pull, type Pulled, SKIP, WAIT } from './pull.js';
import type { Context } from './run.js';
import { isThenable } from './thenable.js';

type Items<O> = Iterable<O> | AsyncIterable<O>;
type Now<T> = T | PromiseLike<T>;
type Apply<I> = (item: I, context: Context) => unknown;

/**
 * What one stage does to one item, over state of its own: exactly one of `map`, `test` and `expand`, and any of the
 * hooks. This is the form that segments are fused from.
 */
export interface Step<I = never, O = unknown> {
  readonly name: string;
  /** Item to item; `SKIP` for nothing. */
  readonly map?: (item: I, context: Context) => Now<O | typeof SKIP>;
  /** Keep or drop. */
  readonly test?: (item: I, context: Context) => Now<boolean>;
  /** Item to any number of items. */
  readonly expand?: (item: I, context: Context) => Now<Items<O>>;
  /** Asked before each pull: true ends the stage without pulling again. */
  readonly done?: () => boolean;
  /** Nothing has come for a turn of the event host: hand over what you hold. */
  readonly idle?: () => Iterable<O>;
  /**
   * The input has ended: hand over what you hold. `cut` when a graceful stop ended it: half of something larger is
   * not what anybody wants then.
   */
  readonly end?: (cut: boolean) => Iterable<O>;
  /** How many of the latest inputs are held back, for whoever waits for an answer to them. */
  readonly held?: () => number;
}

/** Counts the items at the input of a segment, so that an error can say which one it was. */
export interface Counter {
  index: number;
}

/** Runs one step as a plain pull: the reference for every faster way of running it. */
export class StepPull<I, O> implements Pull<O> {
  readonly #step: Step<I, O>;
  readonly #upstream: Pull<I>;
  readonly #host: Host;
  readonly #ref: StageRef;
  readonly #counter: Counter;
  readonly #apply: Apply<I>;
  readonly #result: Awaiting<unknown>;
  readonly #closing: Awaiting<void>;
  #item: I | undefined;
  #inner: Pull<O> | undefined;
  #ended = false;

  constructor(upstream: Pull<I>, step: Step<I, O>, host: Host, ref: StageRef, counter: Counter) {
    this.#upstream = upstream;
    this.#step = step;
    this.#host = host;
    this.#ref = ref;
    this.#counter = counter;
    this.#apply = (step.map ?? step.test ?? step.expand) as Apply<I>;
    this.#result = new Awaiting(host);
    this.#closing = new Awaiting(host);
  }

  pull(): Pulled<O> {
    for (;;) {
      const out = this.#advance();
      if (out !== SKIP) return out;
    }
  }

  #advance(): Pulled<O> | typeof SKIP {
    if (this.#inner) return this.#pullInner(this.#inner);
    if (!this.#result.free) return this.#result.busy ? WAIT : this.#resume();
    if (!this.#closing.free) {
      if (this.#closing.busy) return WAIT;
      this.#closing.take();
    }
    if (this.#ended) return END;
    if (this.#step.done && this.#isDone(this.#step.done)) return this.#endEarly();
    const item = this.#upstream.pull();
    if (item === WAIT) return this.#wait();
    if (item === END) return this.#end();
    return this.#process(item);
  }

  #isDone(done: () => boolean): boolean {
    try {
      return done.call(this.#step);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #process(item: I): Pulled<O> | typeof SKIP {
    this.#item = item;
    try {
      const result = this.#apply.call(this.#step, item, this.#host.run.context);
      if (!isThenable(result)) return this.#emit(result, item);
      this.#result.start(result);
      return WAIT;
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #resume(): Pulled<O> | typeof SKIP {
    try {
      return this.#emit(this.#result.take(), this.#item as I);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #emit(result: unknown, item: I): O | typeof SKIP {
    if (this.#step.test) return result ? (item as unknown as O) : SKIP;
    if (this.#step.expand) {
      if (!isIterable(result) && !isAsyncIterable(result)) {
        throw new TypeError(`expected an iterable or async iterable, got ${typeof result}`);
      }
      this.#inner = pullFrom(result as Items<O>, this.#host);
      return SKIP;
    }
    if (result === null) throw new NullItemError();
    return result as O;
  }

  #pullInner(inner: Pull<O>): Pulled<O> | typeof SKIP {
    if (this.#host.due()) return WAIT;
    try {
      const item = inner.pull();
      if (item === null) throw new NullItemError();
      if (item !== END) return item;
    } catch (error) {
      throw this.#failure(error);
    }
    this.#inner = undefined;
    return SKIP;
  }

  /** Held output waits one turn for company: see `Host.idleSoon`. */
  #wait(): typeof WAIT | typeof SKIP {
    if (!this.#step.idle) return WAIT;
    if (!this.#host.idling) {
      this.#host.idleSoon();
      return WAIT;
    }
    const held = this.#flush(this.#step.idle);
    return held ? SKIP : WAIT;
  }

  #end(): typeof SKIP {
    this.#ended = true;
    const { end } = this.#step;
    if (end) this.#flush(() => end.call(this.#step, this.#host.run.cut));
    return SKIP;
  }

  /** Upstream is let go now, not when the whole run settles: a file behind a `take` need not stay open. */
  #endEarly(): typeof SKIP {
    this.#host.endEarly();
    const closing = this.#upstream.close();
    if (closing) this.#closing.start(closing);
    return this.#end();
  }

  #flush(hook: () => Iterable<O>): boolean {
    try {
      const items = [...hook.call(this.#step)];
      if (items.length === 0) return false;
      this.#inner = pullFrom(items, this.#host);
      return true;
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #failure(error: unknown): unknown {
    return stageError(this.#ref, error, this.#counter.index, this.#item);
  }

  close(): void | Promise<void> {
    const inner = this.#inner;
    if (!inner) return this.#upstream.close();
    const close = () => closeNamed(inner, (error) => this.#failure(error));
    return closeAll([{ close }, this.#upstream]);
  }
}

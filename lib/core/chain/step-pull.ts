import { NullItemError, type StageRef, stageError } from '../base/errors.js';
import { isThenable } from '../base/thenable.js';
import { type Context, LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import type { Spot } from '../protocol/observer.js';
import { END, type Pull, type Pulled, SKIP, WAIT } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import type { Step } from '../protocol/step.js';
import { closeAll, closeIgnoring, closeNamed } from '../pulls/close.js';
import { openItems, pullFrom } from '../pulls/iterable-pull.js';
import { Pending } from '../pulls/pending.js';
import type { WaitReport } from '../stall/wait-report.js';

type Apply<I> = (item: I, context: Context) => unknown;

/**
 * Runs one step as a plain pull. Generated code does the same, faster, as long as no step waits or ends. It takes over
 * and hands back between two items, so the state that it needs is public.
 */
export class StepPull<I, O> implements Pull<O> {
  readonly step: Step<I, O>;
  /** The current item. */
  item: I | undefined;
  /** The items that the step made of the current item, or emits from what it held, until all are taken. */
  inner: Pull<O> | undefined;
  /** The step has its own context, because it may be closed while later stages go on. */
  readonly context: LazyContext;
  /** The place of the step, if the run has statistics. */
  spot: Spot | undefined;
  readonly #upstream: Pull<I>;
  readonly #host: Host;
  readonly #ref: StageRef;
  readonly #segment: Segment;
  readonly #apply: Apply<I>;
  readonly #result: Pending<unknown>;
  readonly #closing: Pending<void>;
  #ended = false;

  constructor(
    upstream: Pull<I>,
    step: Step<I, O>,
    host: Host,
    ref: StageRef,
    segment: Segment = host.segment,
  ) {
    this.#upstream = upstream;
    this.step = step;
    this.#host = host;
    this.#ref = ref;
    this.#segment = segment;
    this.#apply = applyOf(step);
    this.context = new LazyContext(host.context);
    this.#result = new Pending(host, this.context);
    this.#closing = new Pending(host);
  }

  pull(): Pulled<O> {
    for (;;) {
      const out = this.#advance();
      if (out !== SKIP) return out;
    }
  }

  #advance(): Pulled<O> | typeof SKIP {
    if (this.inner) return this.#pullInner(this.inner);
    if (!this.#result.free) return this.#result.busy ? WAIT : this.#resume();
    if (!this.#closing.free) {
      if (this.#closing.busy) return WAIT;
      this.#closing.take();
    }
    if (this.#ended) return END;
    if (this.step.done && this.#isDone(this.step.done)) return this.#endEarly();
    const item = this.#upstream.pull();
    if (item === WAIT) return this.#wait();
    if (item === END) return this.#end();
    return this.#process(item);
  }

  #isDone(done: () => boolean): boolean {
    try {
      return done();
    } catch (error) {
      throw this.failure(error);
    }
  }

  #process(item: I): Pulled<O> | typeof SKIP {
    this.item = item;
    try {
      const apply = this.#apply;
      const result = apply(item, this.context);
      if (!isThenable(result)) return this.#emit(result, item);
      this.suspend(result, item);
      return WAIT;
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** Waits for the callback's promise. */
  suspend(result: PromiseLike<unknown>, item: I): void {
    this.item = item;
    this.#result.start(result);
  }

  #resume(): Pulled<O> | typeof SKIP {
    try {
      return this.#emit(this.#result.take(), this.item as I);
    } catch (error) {
      throw this.failure(error);
    }
  }

  #emit(result: unknown, item: I): O | typeof SKIP {
    const { expand, tap, test, fold } = this.step;
    if (tap || (test && result)) return item as unknown as O;
    if (test) return SKIP;
    if (expand) {
      this.inner = this.expanded(result);
      return SKIP;
    }
    if (result === null) throw new NullItemError();
    return (fold ? fold.keep(result as O) : result) as O;
  }

  /** Opens the items that `expand` has answered. */
  expanded(result: unknown): Pull<O> {
    return openItems(result, this.#host);
  }

  #pullInner(inner: Pull<O>): Pulled<O> | typeof SKIP {
    if (this.#host.due()) return WAIT;
    try {
      const item = inner.pull();
      if (item === null) throw new NullItemError();
      if (item !== END) return item;
    } catch (error) {
      throw this.failure(error);
    }
    this.inner = undefined;
    return SKIP;
  }

  /** Held items are emitted after one turn of the event loop without input: see `Host.idleSoon`. */
  #wait(): Pulled<O> | typeof SKIP {
    if (!this.step.idle) return WAIT;
    if (this.#host.idling) return this.#flush(this.step.idle, WAIT);
    this.#host.idleSoon();
    return WAIT;
  }

  #end(): O | typeof SKIP {
    this.#ended = true;
    return this.step.end ? this.#flushLast(this.step.end) : SKIP;
  }

  /**
   * An array is emitted at once; other iterables are read item by item, so that an error does not cost the items
   * before.
   */
  #flushLast(end: NonNullable<Step<I, O>['end']>): O | typeof SKIP {
    this.item = undefined;
    try {
      const items = end(this.#host.run.sourceStopped);
      if (Array.isArray(items)) return this.#flush(() => items, SKIP);
      this.inner = pullFrom(items, this.#host);
      return SKIP;
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** Upstream is closed now, not when the run settles: the file that a `take` has read need not stay open. */
  #endEarly(): O | typeof SKIP {
    this.#host.endEarly();
    const closing = this.#upstream.close();
    if (closing) this.#closing.start(closing);
    return this.#end();
  }

  /** A single item, the usual case, is returned directly, without an iterator. */
  #flush<S>(hook: () => Iterable<O>, nothing: S): O | S | typeof SKIP {
    this.item = undefined;
    try {
      const items = [...hook()];
      if (items.length === 0) return nothing;
      if (items.includes(null as O)) throw new NullItemError();
      if (items.length === 1) return items[0] as O;
      this.inner = pullFrom(items, this.#host);
      return SKIP;
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** Adds this stage and the current item to an error. */
  failure(error: unknown): unknown {
    return stageError(this.#ref, error, this.#segment.index, this.item);
  }

  /**
   * False while this pull is in a state that generated code does not handle: waiting, ending, or emitting held items.
   */
  get free(): boolean {
    const emitsHeld = this.inner !== undefined && !this.step.expand;
    return !(emitsHeld || this.#ended) && this.#result.free && this.#closing.free;
  }

  waits(): readonly WaitReport[] {
    const stage = this.#ref;
    const held = this.step.held?.();
    const inner = this.inner?.waits?.() ?? [];
    const named = inner.map((wait) => ({ stage, ...wait }));
    const [own] = this.#result.waits('what its callback has promised');
    return own || held ? [...named, { stage, ...own, held }] : named;
  }

  close(): void | Promise<void> {
    this.step.close?.();
    if (!this.#ended) this.context.abort();
    const { inner } = this;
    if (!inner && this.#result.free) return this.#upstream.close();
    const made = inner ? [{ close: () => closeIgnoring(inner, this.context.echoes) }] : [];
    const own = { close: () => closeAll([...made, this.#result]) };
    const close = () => closeNamed(own, (error) => this.failure(error));
    return closeAll([{ close }, this.#upstream]);
  }
}

function applyOf<I, O>({ map, test, tap, fold, expand }: Step<I, O>): Apply<I> {
  if (fold) return (item, context) => fold.ask(item, context);
  return (map ?? test ?? tap ?? expand) as Apply<I>;
}

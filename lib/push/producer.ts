import { Writable } from 'node:stream';
import { Deferred } from '../core/base/deferred.js';
import { AbortError, BacklogError, ClosedError, NullItemError } from '../core/base/errors.js';
import { Queue } from '../core/base/queue.js';
import { chainLoop } from '../core/loop/chain-loop.js';
import type { Loop } from '../core/loop/loop.js';
import { Ack } from '../core/protocol/ack.js';
import type { Context } from '../core/protocol/context.js';
import type { Drain, Outcome } from '../core/protocol/drain.js';
import type { Link, Origin } from '../core/protocol/link.js';
import { Run } from '../core/protocol/run.js';
import type { WaitingRunOptions } from '../core/protocol/run-options.js';
import { Inbox } from '../core/pulls/inbox.js';
import { destroyed } from '../streams/adapters/destroyed.js';
import { listenTo } from '../streams/listen-to.js';
import type { SinkLike } from '../streams/types.js';
import { Send } from './send.js';

/** The consumer of the items: a function that answers each item, or any sink. */
export type Consumer<I, A, R> =
  | ((item: I, context: Context) => A | PromiseLike<A>)
  | Exclude<SinkLike<I, R, A>, (...args: never) => unknown>;

/** Options of `push`. */
export interface ProducerOptions extends WaitingRunOptions {
  /** How many sends may wait; an integer from 1. Further sends are rejected. Default 1024. */
  readonly backlog?: number | undefined;
}

export interface ProducerPlan {
  readonly links: readonly Link[];
  readonly drain: Drain;
  readonly backlog: number;
}

type Callback = (error?: Error | null) => void;

/** A send that was called after writes that Node still buffers: it must wait for them. */
interface Late {
  readonly item: unknown;
  readonly send: Send;
  /** How many items must have been written before it. */
  readonly after: number;
}

/**
 * The sending end of a push pipeline: `send` resolves with the consumer's answer. It is also an object-mode `Writable`,
 * so a stream can be piped into it.
 */
export class Producer<I, A, R> extends Writable {
  readonly #inbox = new Inbox<unknown>();
  /** The sends that have no answer yet. */
  readonly #sends = new Set<Send>();
  /**
   * The sends that `put` is being called for. Most are answered before it returns, and never get into `#sends`. It is a
   * stack, because a consumer may send, too.
   */
  readonly #putting: Send[] = [];
  readonly #run: Run;
  readonly #loop: Loop;
  readonly #backlog: number;
  readonly #settled = new Deferred<Outcome<unknown>>();
  #outcome: Outcome<unknown> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #written: Callback | undefined;
  /** How many written items Node has passed to `_write`. */
  #arrived = 0;
  readonly #late = new Queue<Late>();
  /** True once `send` or `close` was called. */
  #usesPromises = false;
  /** Called within the run, so that the stages have the asynchronous context of `push`, not that of the sender. */
  readonly #put = (item: unknown, ack: Ack): void => this.#inbox.put(item, ack);
  #unlisten: () => void = () => {};

  /** @internal */
  constructor({ links, drain, backlog }: ProducerPlan, options: WaitingRunOptions) {
    super({ objectMode: true });
    this.#backlog = backlog;
    this.#run = new Run(options);
    this.#run.isAwaited = () => this.#sends.size > 0 || this.writableEnded;
    const origin: Origin = {
      name: 'producer',
      transparent: true,
      fed: true,
      open: (host) => this.#inbox.attach(host),
    };
    this.#loop = chainLoop(
      this.#run,
      { origin, links, drain },
      {
        failed: (error) => void this.destroy(error as Error),
        endedEarly: () => this.#run.abort(undefined),
        settled: (outcome) => {
          this.#over(outcome);
          this.#settled.resolve(outcome);
        },
      },
    );
    this.#loop.acknowledged = true;
    this.#inbox.hungry = () => {
      if (this.#inbox.open) this.#callBack();
    };
    this.#loop.start();
    this.#unlisten = listenTo(this.#run, [
      [options.signal, (signal) => this.#loop.fail(new AbortError(signal.reason))],
      [options.stop, () => void this.end()],
    ]);
    if (this.#outcome) this.#unlisten();
  }

  /** For `await using`: as `close`, but does not throw if the producer is closed already. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.destroyed) await this.close();
    await destroyed(this);
  }

  /**
   * Sends one item. Resolves once the consumer has taken the item, or all items that the stages made of it, with the
   * consumer's last answer; with `undefined` if a stage dropped the item. If a stage holds the item (`batch`), the send
   * is answered when the stage emits it. If `sort`, `top` or `sample` keeps it until the end, the send is answered with
   * `undefined` when the stage has taken it. A stream or generator function of yours hides what it does with an item:
   * the send is answered with `undefined` when that asks for the next item, and a failure after that rejects `close` and
   * later sends.
   *
   * Fails: with the run's error when the pipeline fails; with `ClosedError` ERR_SLUICE_CLOSED when it is closed, or has
   * ended early, before the item is taken; with `BacklogError` ERR_SLUICE_BACKLOG when too many sends wait. It never
   * stays pending, unless the consumer itself waits for it.
   */
  send(item: I): Promise<A | undefined> {
    this.#usesPromises = true;
    const refusal = this.#refusal(item);
    if (refusal) return Promise.reject(refusal.error);
    const send = new Send();
    const ahead = this.#buffered;
    if (ahead === 0 && this.#late.length === 0) this.#putSend(item, send);
    else {
      send.waitIn(this.#sends);
      this.#late.push({ item, send, after: this.#arrived + ahead });
    }
    return send.promise as Promise<A | undefined>;
  }

  #putSend(item: unknown, send: Send): void {
    this.#putting.push(send);
    this.#run.within(this.#put, item, send);
    this.#putting.pop();
    if (send.waiting) send.waitIn(this.#sends);
  }

  /** How many written items Node still buffers. */
  get #buffered(): number {
    return this.writableLength - (this.#written ? 1 : 0);
  }

  /** Puts the late sends whose turn has come. Once the inbox is closed, they are rejected with all others. */
  #putLate(): void {
    while (this.#inbox.open && this.#late.first && this.#late.first.after <= this.#arrived) {
      const { item, send } = this.#late.shift() as Late;
      this.#putSend(item, send);
    }
  }

  /**
   * Ends the producer: all items are finished and all sends answered. Resolves to the consumer's result, or rejects.
   */
  async close(): Promise<R> {
    this.#usesPromises = true;
    this.end();
    const outcome = await this.#settled.promise;
    if (outcome.kind === 'failed') throw outcome.error;
    if (outcome.kind === 'cancelled') throw this.#closedBy();
    return outcome.result as R;
  }

  #refusal(item: unknown): { readonly error: unknown } | undefined {
    if (this.destroyed || this.writableEnded || !this.#inbox.open)
      return { error: this.#closedBy() };
    if (item === null) return { error: new NullItemError() };
    if (this.#inbox.length + this.#late.length >= this.#backlog)
      return { error: new BacklogError(this.#backlog) };
    return undefined;
  }

  #closedBy(): unknown {
    return this.#failure ? this.#failure.error : new ClosedError('the producer');
  }

  #over(outcome: Outcome<unknown>): void {
    this.#outcome = outcome;
    this.#unlisten();
    if (outcome.kind === 'failed') this.#failure = outcome;
    this.#rejectAll(this.#closedBy());
    this.#callBack(this.#failure?.error);
  }

  #rejectAll(error: unknown): void {
    const sends = [...this.#sends, ...this.#putting];
    this.#sends.clear();
    for (const send of sends) send.reject(error);
  }

  #callBack(error?: unknown): void {
    const written = this.#written;
    this.#written = undefined;
    written?.(error as Error | undefined);
  }

  /**
   * There is no `_writev`: Node loses items that are written while it runs, and an item sent meanwhile would overtake.
   */
  override _write(item: unknown, _encoding: BufferEncoding, callback: Callback): void {
    if (this.#outcome) return callback(this.#failure?.error as Error | undefined);
    this.#putLate();
    this.#arrived += 1;
    this.#written = callback;
    this.#run.within(this.#put, item, new Ack(() => {}));
    this.#putLate();
  }

  override _final(callback: Callback): void {
    this.#run.within(() => this.#inbox.end());
    void this.#settled.promise.then(() => callback());
  }

  /**
   * Rejected calls of `send` and `close` already report a failure. An error event without a listener would end the
   * process, so it is only emitted if the producer was used as a stream alone, or has a listener.
   */
  override _destroy(error: Error | null, callback: Callback): void {
    if (error) this.#failure ??= { error };
    this.#rejectAll(this.#closedBy());
    if (!this.#outcome) this.#run.abort(error ?? undefined);
    const cancelled = this.#run.within(() => this.#loop.cancel());
    void cancelled.then(() => {
      const isReported = !this.#isStreamOnly || error instanceof AbortError;
      callback(isReported && this.listenerCount('error') === 0 ? null : error);
    });
  }

  /** True if it was only written to, never used by `send` or `close`. */
  get #isStreamOnly(): boolean {
    return !this.#usesPromises && (this.#arrived + this.writableLength > 0 || this.writableEnded);
  }
}

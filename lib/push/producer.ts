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

/** Who takes what is sent: a function that answers each item, or any sink. */
export type Consumer<I, A, R> =
  | ((item: I, context: Context) => A | PromiseLike<A>)
  | Exclude<SinkLike<I, R, A>, (...args: never) => unknown>;

/** Options of `push`. */
export interface ProducerOptions extends WaitingRunOptions {
  /** How many sends may wait; an integer from 1. One more is rejected. Default 1024. */
  readonly backlog?: number | undefined;
}

export interface ProducerPlan {
  readonly links: readonly Link[];
  readonly drain: Drain;
  readonly backlog: number;
}

type Callback = (error?: Error | null) => void;

/** A send that was called after writes which Node still buffers. */
interface Late {
  readonly item: unknown;
  readonly send: Send;
  /** How many items must have been written before it. */
  readonly after: number;
}

/**
 * The sending end of a push pipeline: `send` answers with what the consumer answered. It is also an object-mode
 * `Writable`, so that a stream can be piped into it.
 */
export class Producer<I, A, R> extends Writable {
  readonly #inbox = new Inbox<unknown>();
  /** Those that have no answer yet. */
  readonly #sends = new Set<Send>();
  /** Those that may be answered before `put` returns: mostly they need not be kept. A consumer may send, too. */
  readonly #putting: Send[] = [];
  readonly #run: Run;
  readonly #loop: Loop;
  readonly #backlog: number;
  readonly #settled = new Deferred<Outcome<unknown>>();
  #outcome: Outcome<unknown> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #written: Callback | undefined;
  /** How many items Node has handed on. */
  #arrived = 0;
  readonly #late = new Queue<Late>();
  #sent = false;
  /** Its stages find the asynchronous context of `push`, not that of whoever sends. */
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

  /** For `await using`: as `close`, except that a run that is over already is no matter here. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.destroyed) await this.close();
    await destroyed(this);
  }

  /**
   * Sends one item. Resolves, once the item and all that came of it has been taken by the consumer, with the
   * consumer's last answer: `undefined` when a stage dropped the item. An item that a stage holds (`batch`) is answered
   * when it is let go; one that `sort`, `top` or `sample` keeps until the end, with `undefined`, when it has been taken
   * there. Nobody can look into a stream or function of yours: an item is answered, perhaps with
   * `undefined`, when that asks for the next one.
   *
   * Fails: with the run's error when the pipeline fails; with `ClosedError` ERR_SLUICE_CLOSED when it is closed, or has
   * ended early, before the item is taken; with `BacklogError` ERR_SLUICE_BACKLOG when too many sends wait. It never
   * stays pending, unless the consumer itself waits for it.
   */
  send(item: I): Promise<A | undefined> {
    this.#sent = true;
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

  /** How many written items Node has not handed on yet. */
  get #buffered(): number {
    return this.writableLength - (this.#written ? 1 : 0);
  }

  /** Those whose turn it is. Once nothing can be put, all of them are rejected with the others. */
  #putLate(): void {
    while (this.#inbox.open && this.#late.first && this.#late.first.after <= this.#arrived) {
      const { item, send } = this.#late.shift() as Late;
      this.#putSend(item, send);
    }
  }

  /** Flushes what is held, lets everything finish and resolves to the consumer's result; rejects if the run failed. */
  async close(): Promise<R> {
    this.#sent = true;
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

  /** No `_writev`: Node drops what is buffered within it, and what is put within it overtakes. */
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

  /** Whoever sends or closes is told by the rejection; an error event without a listener would end the process as well. */
  override _destroy(error: Error | null, callback: Callback): void {
    if (error) this.#failure ??= { error };
    this.#rejectAll(this.#closedBy());
    if (!this.#outcome) this.#run.abort(error ?? undefined);
    const cancelled = this.#run.within(() => this.#loop.cancel());
    void cancelled.then(() => {
      const told = !this.#streamed || error instanceof AbortError;
      callback(told && this.listenerCount('error') === 0 ? null : error);
    });
  }

  /** Used as a stream alone, which tells of its failure by an event. */
  get #streamed(): boolean {
    return !this.#sent && (this.#arrived + this.writableLength > 0 || this.writableEnded);
  }
}

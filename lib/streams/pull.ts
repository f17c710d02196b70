import { AbortError, AsyncError, StallError } from '../core/base/errors.js';
import { suppress } from '../core/base/suppress.js';
import { openInput } from '../core/chain/chain.js';
import { MeteredSyncHost, SyncHost } from '../core/loop/sync-host.js';
import { END, type Pull, WAIT } from '../core/protocol/pull.js';
import { Run } from '../core/protocol/run.js';
import { type RunOptions, validateRunOptions } from '../core/protocol/run-options.js';
import { readArguments } from './arguments.js';
import { sourcePlan, stageLinks } from './plans.js';
import type { PullSignature } from './signatures.js';
import type { PullItems } from './types.js';

/** A lazy iterator over a chain: each `next()` moves one item through all stages. */
class PullIterator implements IterableIterator<unknown, undefined>, Disposable {
  readonly #chain: Pull<unknown>;
  protected readonly host: SyncHost;
  #over = false;
  #running = false;

  constructor(open: (host: SyncHost) => Pull<unknown>, options: RunOptions) {
    this.host = hostOf(options);
    const chain = open(this.host);
    this.#chain = this.host.run.observer?.reader(chain, this.host) ?? chain;
  }

  [Symbol.dispose](): void {
    this.return();
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<unknown, undefined> {
    if (this.#over) return { done: true, value: undefined };
    if (this.#running) throw within('next');
    this.look();
    let item: unknown;
    this.#running = true;
    try {
      item = this.#pull();
    } catch (error) {
      this.closeAfter(error);
      throw error;
    } finally {
      this.#running = false;
    }
    return item === END ? this.return() : { done: false, value: item };
  }

  /** Called before each item. */
  protected look(): void {}

  #pull(): unknown {
    for (;;) {
      this.host.restart();
      const item = this.#chain.pull();
      if (item !== WAIT) return item;
      if (!this.host.woken) throw this.host.blocker?.() ?? new AsyncError();
    }
  }

  return(): IteratorResult<unknown, undefined> {
    if (!this.#over) {
      if (this.#running) throw within('return');
      this.#over = true;
      // Only a stage that `pull` has refused, as asynchronous, closes later. Its errors can't be reported any more.
      this.#chain.close()?.catch(() => {});
    }
    return { done: true, value: undefined };
  }

  /** Closes the chain after `error`. */
  protected closeAfter(error: unknown): void {
    this.#over = true;
    const suppressed = (later: unknown) => suppress(error, later);
    try {
      this.#chain.close()?.catch(suppressed);
    } catch (later) {
      suppressed(later);
    }
  }
}

/** A stage that is in the middle of an item can't give another one, nor be closed. A generator refuses that too. */
const within = (method: string): StallError =>
  new StallError(
    `${method}() was called within next() of the same pull(), and each would wait for the other; call it between two items`,
  );

function hostOf(options: RunOptions): SyncHost {
  const run = new Run(options);
  const { observer } = run;
  return observer ? new MeteredSyncHost(run, observer.meter()) : new SyncHost(options, run);
}

/** Checks the signals before each item: in between, nothing can happen. */
class StoppablePull extends PullIterator {
  readonly #options: RunOptions;

  constructor(open: (host: SyncHost) => Pull<unknown>, options: RunOptions) {
    super(open, options);
    this.#options = options;
  }

  protected override look(): void {
    const { signal, stop } = this.#options;
    if (signal?.aborted) this.#abort(signal.reason);
    if (stop?.aborted) this.host.run.stop();
  }

  #abort(reason: unknown): void {
    const error = new AbortError(reason);
    this.host.run.abort(error);
    this.closeAfter(error);
    throw error;
  }
}

/**
 * Pulls items from a source through stages, lazily and synchronously: nothing runs until `next()`, and each `next()`
 * moves one item through all stages.
 *
 * Ends: with its source, or when a stage ends early; `return()` (a `break`) closes the source.
 * Fails: by throwing from `next()`, after closing the source; with a `StageError` whose cause is `AsyncError`
 * ERR_SLUICE_ASYNC where something would have to wait. A callback that calls `next()` or `return()` of the `pull` that
 * it runs in gets a `StallError` ERR_SLUICE_STALL there.
 *
 * Callbacks run within `next()`, in the `AsyncLocalStorage` context of its caller.
 *
 * @param options `signal` aborts, and `stop` ends the source, before the next item; `trace` reports what each stage
 * does, and `stats` counts it.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, a part is no stage, or an option is
 * unknown or invalid.
 * @example
 * [...pull(range(0, 4), map((x) => x * x))] // [0, 1, 4, 9]
 */
export const pull = function pull(...args: unknown[]): PullItems<unknown> {
  const { parts, options } = readArguments<RunOptions>('pull', args, 1);
  validateRunOptions('pull', options, []);
  const [first, ...stages] = parts;
  const source = sourcePlan('pull', first);
  const links = [...source.links, ...stages.flatMap((stage) => stageLinks('pull', stage))];
  const Iterator = options.signal || options.stop ? StoppablePull : PullIterator;
  return new Iterator((host) => openInput({ ...source, links }, host), options);
} as PullSignature;

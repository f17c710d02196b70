import type { Duplex, Readable, Writable } from 'node:stream';
import { ClosedError, suppress, UsedError } from '../core/base/errors.js';
import type { Loop } from '../core/loop/loop.js';
import { type Part, type PartHost, type Taken, takePart } from '../core/protocol/part.js';
import { Run } from '../core/protocol/run.js';

/**
 * Connects one of our streams with the loop that does its work. It holds the stream's plan until a larger segment
 * claims it; if the stream is used as a stream first, it makes a loop of the plan.
 */
export class Edge<P extends { readonly name: string }> implements Part {
  outer: Part | undefined;
  /** The host of the segment that has claimed the plan, while it runs. */
  #host: PartHost | undefined;
  #released = false;
  readonly #afterItems: (() => void)[] = [];
  #failure: { readonly error: unknown } | undefined;
  #run: Run | undefined;
  readonly #stream: Readable | Writable | Duplex;
  readonly #ownListeners: number;
  readonly #build: (plan: P, run: Run) => Loop;
  readonly #name: string;
  #plan: P | undefined;
  #loop: Loop | undefined;
  /** True once it was used as a stream, and not only opened to be closed. */
  #used = false;

  constructor(stream: Readable | Writable | Duplex, plan: P, build: (plan: P, run: Run) => Loop) {
    this.#stream = stream;
    this.#plan = plan;
    this.#name = plan.name;
    this.#build = build;
    this.#ownListeners = listeners(stream);
  }

  /** The run of the stream used by itself. Made when first needed: a claimed plan needs none. */
  get run(): Run {
    this.#run ??= new Run();
    return this.#run;
  }

  /**
   * Takes the plan out of an untouched stream, which is then spent. Undefined if the stream must be used as a stream:
   * it is in use already, or `keep` says that it must stay open. `first`: the record of the plan that is opened.
   */
  claim(first: (plan: P) => Taken, keep = false): P | undefined {
    const plan = this.#plan;
    if (!plan) throw new UsedError(this.#name);
    if (this.#stream.destroyed) throw this.#reason();
    if (keep || this.#loop || !untouched(this.#stream, this.#ownListeners)) return undefined;
    this.#plan = undefined;
    takePart(first(plan), this);
    return plan;
  }

  /** Why the stream is destroyed. Its error is reported by the code that asks, and must not end the process, too. */
  #reason(): unknown {
    const { errored } = this.#stream;
    if (errored) this.#stream.on('error', () => {});
    return errored ?? (this.#used ? new UsedError(this.#name) : new ClosedError(this.#name));
  }

  /** The error of a write to a stream whose plan is part of another run. Undefined if it can be written to. */
  get refusal(): UsedError | undefined {
    return this.#plan ? undefined : new UsedError(this.#name);
  }

  /** Called when the segment that has claimed the plan is opened; before that, the stream may have been destroyed. */
  enter(host: PartHost): void {
    this.#host = host;
    if (host.parts) host.parts.push(this);
    else this.release();
    const failure = this.#failure;
    if (failure) queueMicrotask(() => host.fail(failure.error));
  }

  release(): void {
    this.#released = true;
    this.#host = undefined;
    this.#stream.destroy();
  }

  /** A stream that has become part of a run fails it when it is destroyed. */
  #fail(error: Error | null): void {
    this.#failure = { error: error ?? new ClosedError(this.#name) };
    this.#host?.fail(this.#failure.error);
  }

  /** Whether a larger segment has claimed the plan. */
  get spent(): boolean {
    return !this.#plan;
  }

  /** Returns the loop. The first call makes and starts it. */
  loop(): Loop {
    if (this.#loop) return this.#loop;
    this.#used = true;
    this.#loop = this.#make();
    this.#loop.start();
    return this.#loop;
  }

  /** Destroys the stream with the failure of its loop. */
  fail(error: unknown): void {
    this.afterItems(() => void this.#stream.destroy(error as Error));
  }

  /** Calls `act` once the items that wait for a reader have been read: they came before it. */
  afterItems(act: () => void): void {
    if (this.#waiting > 0) this.#afterItems.push(act);
    else act();
  }

  get #waiting(): number {
    return (this.#stream as Partial<Readable>).readableLength ?? 0;
  }

  /** Called when an item may have been read. What follows comes a tick later, when the reader has the item in hand. */
  wasRead(): void {
    if (this.#afterItems.length > 0 && this.#waiting === 0) process.nextTick(this.#goOn);
  }

  readonly #goOn = (): void => {
    for (const act of this.#afterItems.splice(0)) act();
  };

  /** The `_destroy` of all our streams. An unopened plan is opened to be closed, so that its resources are released. */
  destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.#loop) {
      if (!this.#plan) {
        if (!this.#released) this.#fail(error);
        return callback();
      }
      this.#loop = this.#make();
      this.#loop.open();
    }
    // A reader that does not read on, as a `break` does, does not want to know of a failure behind the items.
    const unread = this.#afterItems.splice(0).length > 0;
    // Node also destroys a stream that has finished: then the callbacks' signal must not abort.
    if (!this.#loop.settled) this.run.abort(error ?? undefined);
    void this.#loop.cancel().then((outcome) => {
      if (outcome.kind !== 'failed' || unread) return callback(error);
      if (error) suppress(error, outcome.error);
      callback(error ?? (outcome.error as Error));
    });
  }

  #make(): Loop {
    if (!this.#plan) throw new UsedError(this.#name);
    return this.#build(this.#plan, this.run);
  }
}

type Side = Partial<
  Pick<Readable, 'readableFlowing' | 'readableLength' | 'readableDidRead' | 'readableEncoding'>
> &
  Partial<Pick<Writable, 'writableLength' | 'writableEnded' | 'writableCorked'>>;

/**
 * Whether the stream is untouched: it has no listeners but its own, and was not piped, read or written. Only then can
 * it become part of a segment unnoticed.
 */
function untouched(stream: Readable | Writable | Duplex, ownListeners: number): boolean {
  const side: Side = stream;
  return (
    listeners(stream) === ownListeners &&
    (side.readableFlowing ?? null) === null &&
    !side.readableDidRead &&
    !side.readableEncoding &&
    !side.readableLength &&
    !side.writableLength &&
    !side.writableEnded &&
    !side.writableCorked
  );
}

function listeners(stream: Readable | Writable): number {
  return stream.eventNames().reduce((sum, event) => sum + stream.listenerCount(event), 0);
}

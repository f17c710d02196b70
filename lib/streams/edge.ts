import type { Duplex, Readable, Writable } from 'node:stream';
import { suppress, UsedError } from '../core/base/errors.js';
import type { Loop } from '../core/loop/loop.js';
import { Run } from '../core/protocol/run.js';

/**
 * Connects one of our streams with the loop that does its work. It holds the stream's plan until a larger segment
 * claims it; if the stream is used as a stream first, it makes a loop of the plan.
 */
export class Edge<P extends { readonly name: string }> {
  #run: Run | undefined;
  readonly #stream: Readable | Writable | Duplex;
  readonly #ownListeners: number;
  readonly #build: (plan: P, run: Run) => Loop;
  readonly #name: string;
  #plan: P | undefined;
  #loop: Loop | undefined;

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
   * it is in use already, or `keep` says that it must stay open.
   */
  claim(keep = false): P | undefined {
    const plan = this.#plan;
    if (!plan || this.#stream.destroyed) throw new UsedError(this.#name);
    if (keep || this.#loop || !untouched(this.#stream, this.#ownListeners)) return undefined;
    this.#plan = undefined;
    this.#stream.destroy();
    return plan;
  }

  /** Whether a larger segment has claimed the plan. */
  get spent(): boolean {
    return !this.#plan;
  }

  /** Returns the loop. The first call makes and starts it. */
  loop(): Loop {
    if (this.#loop) return this.#loop;
    this.#loop = this.#make();
    this.#loop.start();
    return this.#loop;
  }

  /** The `_destroy` of all our streams. An unopened plan is opened to be closed, so that its resources are released. */
  destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.#loop) {
      if (!this.#plan) return callback(error);
      this.#loop = this.#make();
      this.#loop.open();
    }
    // Node also destroys a stream that has finished: then the callbacks' signal must not abort.
    if (!this.#loop.settled) this.run.abort(error ?? undefined);
    void this.#loop.cancel().then((outcome) => {
      if (outcome.kind !== 'failed') return callback(error);
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

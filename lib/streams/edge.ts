import type { Duplex, Readable, Writable } from 'node:stream';
import { suppress, UsedError } from '../core/base/errors.js';
import type { Loop } from '../core/loop/loop.js';
import { Run } from '../core/protocol/run.js';

/**
 * What stands between one of our streams and the loop that does its work: the plan until somebody claims it for a
 * larger segment, the loop once somebody uses the stream as a stream.
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

  /** Of the stream itself: made when it is used as one, as a plan that is claimed needs none. */
  get run(): Run {
    this.#run ??= new Run();
    return this.#run;
  }

  /** The plan, if it need not `keep` a stream that nobody has touched: it is spent then. Undefined: use it as a stream. */
  claim(keep = false): P | undefined {
    const plan = this.#plan;
    if (!plan || this.#stream.destroyed) throw new UsedError(this.#name);
    if (keep || this.#loop || !untouched(this.#stream, this.#ownListeners)) return undefined;
    this.#plan = undefined;
    this.#stream.destroy();
    return plan;
  }

  /** Whether a larger segment has taken the plan over. */
  get spent(): boolean {
    return !this.#plan;
  }

  /** The loop, opened and started by the first use. */
  loop(): Loop {
    if (this.#loop) return this.#loop;
    this.#loop = this.#make();
    this.#loop.start();
    return this.#loop;
  }

  /** `_destroy` of all our streams: what the plan holds is let go even if it was never opened. */
  destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.#loop) {
      if (!this.#plan) return callback(error);
      this.#loop = this.#make();
      this.#loop.open();
    }
    // Node destroys a stream that has finished, too: that is not the callbacks' business.
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
 * Whether nobody has used this stream yet: no listener but its own, nothing piped, read or written. Only then can it
 * become part of a segment without anybody noticing.
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

import { Readable } from 'node:stream';
import { chainLoop } from '../core/loop/chain-loop.js';
import type { Plan } from '../core/protocol/link.js';
import { destroyed } from './adapters/destroyed.js';
import { STOP } from './adapters/shared-keys.js';
import { Edge } from './edge.js';
import { GIVES, KIND } from './kind.js';
import { outlet } from './outlet.js';

/** The plan of a source: an origin and the links behind it. */
export interface SourcePlan extends Plan {
  readonly name: string;
}

/**
 * An object-mode `Readable` that makes its items itself. Untouched, it becomes part of the segment that it is given to.
 * Piped, listened to or iterated, it is a stream like any other.
 */
export class Source<T> extends Readable {
  declare readonly [KIND]: 'source';
  declare readonly [GIVES]: T;
  /** Two signatures: the first gives the type of the items, the second is the one that Node's own functions need. */
  declare [Symbol.asyncIterator]: (() => NodeJS.AsyncIterator<T>) &
    Readable[typeof Symbol.asyncIterator];
  readonly #edge: Edge<SourcePlan>;

  /** @internal */
  constructor(plan: SourcePlan) {
    super({ objectMode: true });
    this.#edge = new Edge(this, plan, ({ links, origin }, run) =>
      chainLoop(
        run,
        { origin, links, drain: outlet(this) },
        {
          failed: (error) => this.#edge.fail(error),
          endedEarly: () => run.abort(undefined),
          settled: () => {},
        },
      ),
    );
  }

  /** For `await using`: destroys the stream, and resolves when everything is closed. */
  override async [Symbol.asyncDispose](): Promise<void> {
    await destroyed(this);
  }

  /** @internal */
  [STOP](): void {
    this.#edge.run.stop();
  }

  /** @internal */
  claim(): SourcePlan | undefined {
    return this.#edge.claim(({ origin }) => origin);
  }

  override read(size?: number): ReturnType<Readable['read']> {
    const item: unknown = super.read(size);
    this.#edge.wasRead();
    return item;
  }

  override _read(): void {
    this.#edge.loop().unblock();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#edge.destroy(error, callback);
  }
}

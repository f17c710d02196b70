import { Deferred } from '../../lib/core/base/deferred.js';
import { forEach } from '../../lib/sinks/for-each.js';
import type { Sink } from '../../lib/streams/sink.js';
import { quiet } from './quiet.js';

/** A sink that finishes each item only when a test says so. */
export class Gated<T = number> {
  readonly begun: T[] = [];
  readonly sink: Sink<T, void, T>;
  #gate: Deferred<T> | undefined;

  constructor() {
    this.sink = forEach((item: T) => {
      this.begun.push(item);
      this.#gate = new Deferred();
      return this.#gate.promise;
    });
  }

  /** Finishes the current item; resolves when all is quiet again. */
  async next(): Promise<void> {
    this.#gate?.resolve(this.begun.at(-1) as T);
    await quiet(() => this.begun.length);
  }

  /** Finishes every item until `run` is over. */
  async finish<R>(run: Promise<R>): Promise<R> {
    let over = false;
    const stop = (): void => {
      over = true;
    };
    run.then(stop, stop);
    while (!over) await this.next();
    return run;
  }
}

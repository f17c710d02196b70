import { finished, Writable } from 'node:stream';
import { ClosedError } from '../../core/base/errors.js';
import { Burst } from './burst.js';

type Callback = (error?: Error | null) => void;

/**
 * Stands in an assembly for a stream that is to stay open. It passes on what is written, and is finished when all of
 * that is written: a stream that does not end has no other way to say so than the callbacks of its writes.
 */
export class KeptOpen extends Writable {
  readonly #target: Writable;
  readonly #burst: Burst | undefined;
  readonly #unwatch: () => void;
  #pending = 0;
  #resume: Callback | undefined;
  #finish: Callback | undefined;

  constructor(target: Writable) {
    super({ objectMode: true, highWaterMark: 1 });
    this.#target = target;
    this.#burst = Burst.of(target);
    this.#unwatch = finished(target, { readable: false }, (error) => {
      this.destroy(error ?? new ClosedError(target.constructor.name));
    });
    target.on('drain', this.#drained);
  }

  override _write(item: unknown, _encoding: BufferEncoding, callback: Callback): void {
    this.#burst?.begin();
    this.#pending += 1;
    if (this.#target.write(item, this.#written)) return callback();
    this.#burst?.end();
    this.#resume = callback;
  }

  readonly #drained = (): void => {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  };

  readonly #written = (): void => {
    this.#pending -= 1;
    if (this.#pending === 0) this.#finish?.();
  };

  override _final(callback: Callback): void {
    if (this.#pending === 0) callback();
    else this.#finish = callback;
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.#burst?.end();
    this.#unwatch();
    this.#target.off('drain', this.#drained);
    callback(error);
  }
}

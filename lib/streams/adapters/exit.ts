import { Readable, type Writable } from 'node:stream';
import { Burst } from './burst.js';

/**
 * The first stream of an assembly that leads out of a run: it writes the items of the run straight to the stream behind
 * it.
 *
 * Items do not pass the queue of `Readable`, as that costs about as much as a `Transform`: to be piped means here that
 * the next stream is known.
 */
export class Exit extends Readable {
  /** Called when the stream behind takes more. */
  roomy: () => void = () => {};
  #next: Writable | undefined;
  #burst: Burst | undefined;
  #ended = false;

  constructor() {
    super({ objectMode: true, read() {} });
  }

  override pipe<T extends NodeJS.WritableStream>(next: T): T {
    const stream = next as unknown as Writable;
    this.#next = stream;
    this.#burst = Burst.of(stream);
    stream.on('drain', this.#drained);
    stream.emit('pipe', this);
    return next;
  }

  readonly #drained = (): void => this.roomy();

  /** False if the stream takes no more until `roomy` is called. */
  write(item: unknown): boolean {
    // Without a next stream the assembly has failed at once, and the run is told of it soon.
    if (!this.#next) return false;
    this.#burst?.begin();
    const ready = this.#next.write(item);
    if (!ready) this.#burst?.end();
    return ready;
  }

  /** Items that were written before a failure must still go out. */
  flush(): void {
    this.#burst?.end();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the stream behind has been ended, too. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.closed) return resolve();
      this.once('close', resolve);
      this.#ended = true;
      this.push(null);
      this.resume();
    });
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#next?.off('drain', this.#drained);
    callback(error);
  }
}

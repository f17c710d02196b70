import { Readable, Writable } from 'node:stream';
import { byteLength } from '../../core/base/byte-length.js';
import { Queue } from '../../core/base/queue.js';

/**
 * The last stream of an assembly that leads into a run, which takes the items when it wants them.
 *
 * A stream of Node's is not piped into this one but read: so an item that it holds costs a call and no event. Any other
 * stream writes here, past the queue of `Writable`, which costs about as much as a `Transform`: to be piped into, no more
 * than `write`, `end` and `writableNeedDrain` are needed.
 */
export class Entry extends Writable {
  readonly #source: Readable;
  readonly #reads: boolean;
  readonly #arrived: () => void;
  readonly #queue = new Queue<unknown>();
  readonly #bytes: boolean;
  #size = 0;
  #running = false;
  #asked = false;
  #drops = false;
  #ended = false;
  /** True at first, so that `pipe` reads nothing before the run asks. */
  #needDrain = true;

  /** `arrived` is called when there may be an item, or the end. */
  constructor(source: Readable, arrived: () => void) {
    const bytes = isBytes(source);
    super({ objectMode: !bytes });
    this.#source = source;
    // A stream that others listen to gives each its items only if all are piped to, or listen.
    this.#reads =
      source instanceof Readable && source.listenerCount('data') === 0 && isOpen(source);
    this.#bytes = bytes;
    this.#arrived = arrived;
    if (this.#reads && source.readableFlowing === null) stopFlow(source);
  }

  static {
    // Node's types declare a plain property, which an accessor may not override.
    const get = function (this: Entry): boolean {
      return this.#needDrain;
    };
    Object.defineProperty(Entry.prototype, 'writableNeedDrain', { get });
  }

  /**
   * Calls `join`, which pipes the source into this stream. A source that is read is left as it is: `pipe` would begin to
   * read, and `unpipe` would pause it, which streams such as an HTTP/2 request take for more than they should.
   */
  unpiped<T>(join: () => T): T {
    if (!this.#reads) return join();
    const source = this.#source;
    const { pipe } = source;
    source.pipe = (to) => to;
    try {
      return join();
    } finally {
      // Not deleted, as V8 would then look up all its properties in a table.
      source.pipe = pipe;
    }
  }

  /** How many items or bytes are there to be taken. */
  get held(): number {
    return this.#size + (this.#source.readableLength ?? 0);
  }

  /** True once nothing more will come than what is held. */
  get ended(): boolean {
    return this.#ended;
  }

  override write(item: unknown): boolean {
    if (this.#drops) return true;
    this.#queue.push(item);
    this.#size += this.#weigh(item);
    this.#needDrain = this.#size >= this.writableHighWaterMark;
    this.#arrived();
    return !this.#needDrain;
  }

  override _final(callback: () => void): void {
    this.#ended = true;
    this.#arrived();
    callback();
  }

  /** Takes an item; null if there is none now. */
  take(): unknown {
    if (this.#reads) return this.#read();
    if (this.#queue.length === 0 && this.#needDrain) {
      this.#needDrain = false;
      // The stream before this one may write at once.
      this.emit('drain');
    }
    if (this.#queue.length === 0) return null;
    const item = this.#queue.shift();
    this.#size -= this.#weigh(item);
    return item;
  }

  #read(): unknown {
    const source = this.#source;
    if (!this.#asked && !this.destroyed) {
      this.#asked = true;
      source.on('readable', this.#arrived);
    }
    // Fills the buffer first: a stream that makes its items synchronously would otherwise schedule an event for each.
    if (this.#running && source.readableLength === 0) source.read(0);
    const item: unknown = source.read();
    this.#running = item !== null;
    return item;
  }

  #weigh(item: unknown): number {
    return this.#bytes ? byteLength(item) : 1;
  }

  /** Reads and drops all that still comes. */
  drop(): void {
    this.#drops = true;
    this.#queue.clear();
    this.#leave();
    if (this.#reads) this.#source.resume();
    else this.emit('drain');
  }

  #leave(): void {
    this.#source.off('readable', this.#arrived);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#leave();
    callback(error);
  }
}

/** Whether `pipe` of the stream can be set for a moment: a user may have frozen it. */
const isOpen = (source: Readable): boolean =>
  Object.isExtensible(source) &&
  Object.getOwnPropertyDescriptor(source, 'pipe')?.writable !== false;

/** A listener to `data` that comes later must not begin the flow. There is no event, as of `pause`. */
function stopFlow(source: { readableFlowing: boolean | null }): void {
  source.readableFlowing = false;
}

/** Streams of old versions of readable-stream have no `readableObjectMode`. */
export function isBytes(stream: Readable): boolean {
  const { readableObjectMode, _readableState: state } = stream as Readable & {
    readonly _readableState?: { readonly objectMode?: boolean };
  };
  return !(readableObjectMode ?? state?.objectMode ?? true);
}

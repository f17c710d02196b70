import type { Writable } from 'node:stream';

/**
 * Corks a stream, so that many small pieces go out in one system call: when the stream is full, or when the current
 * code has finished. Only for streams of bytes that have `_writev`; for others, corking costs more than it saves.
 */
export class Burst {
  readonly #stream: Writable;
  #open = false;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  static of(stream: Writable): Burst | undefined {
    const takesMany = !stream.writableObjectMode && typeof stream._writev === 'function';
    return takesMany ? new Burst(stream) : undefined;
  }

  begin(): void {
    if (this.#open) return;
    this.#open = true;
    this.#stream.cork();
    process.nextTick(this.end);
  }

  readonly end = (): void => {
    if (!this.#open) return;
    this.#open = false;
    this.#stream.uncork();
  };
}

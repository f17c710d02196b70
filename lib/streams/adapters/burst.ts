import type { Writable } from 'node:stream';

/**
 * Writes in runs: what is written until the stream is full, or until the code that is running is through, goes out at
 * once. Only for streams of bytes that take many pieces in one call: with others, holding back costs more than it saves.
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

const EMPTY = Buffer.alloc(0);

/**
 * Bytes that are held until more arrive. The buffer doubles its size, so many small pieces cost no more than one large
 * one.
 */
export class HeldBytes {
  #space: Buffer = EMPTY;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get last(): number | undefined {
    return this.#space[this.#length - 1];
  }

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const length = this.#length + bytes.length;
    if (length > this.#space.length) {
      const space = Buffer.allocUnsafe(
        this.#length === 0 ? length : Math.max(length, 2 * this.#length),
      );
      space.set(this.#space.subarray(0, this.#length));
      this.#space = space;
    }
    this.#space.set(bytes, this.#length);
    this.#length = length;
  }

  /** Returns the held bytes with `bytes` after them, and holds nothing afterwards. */
  take(bytes: Buffer = EMPTY): Buffer {
    if (this.#length === 0) return bytes;
    const all = Buffer.concat([this.#space.subarray(0, this.#length), bytes]);
    this.#space = EMPTY;
    this.#length = 0;
    return all;
  }
}

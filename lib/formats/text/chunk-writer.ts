/** A chunk is full at this many bytes. */
const FULL = 65_536;
/** A UTF-16 code unit takes at most this many bytes of UTF-8. */
const BYTES_PER_UNIT = 3;
/** Text is written in pieces of about this many code units: a write costs as much as to join some short lines. */
const PIECE = 512;

/**
 * Gathers text as UTF-8. A short piece of text is joined and encoded in the processor's nearest cache, and one that is
 * not ASCII does not make the others around it two bytes wide.
 */
export class ChunkWriter {
  /** Room for whatever is not full yet; made for the first piece, used for all chunks. */
  #space: Buffer | undefined;
  #length = 0;
  #text = '';

  /** Whether it is time to take the chunk. */
  get full(): boolean {
    return this.#length + this.#text.length >= FULL;
  }

  /** A text that ends in half a surrogate pair gets U+FFFD there. */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE && !this.full) this.#write();
  }

  /** Everything added, and nothing is held then. */
  take(): Buffer {
    const chunk =
      this.#length === 0
        ? Buffer.from(this.#text)
        : Buffer.concat([this.#written(), Buffer.from(this.#text)]);
    this.#length = 0;
    this.#text = '';
    return chunk;
  }

  #written(): Buffer {
    return (this.#space as Buffer).subarray(0, this.#length);
  }

  #write(): void {
    this.#space ??= Buffer.allocUnsafeSlow(BYTES_PER_UNIT * FULL);
    this.#length += this.#space.write(this.#text, this.#length);
    this.#text = '';
  }
}

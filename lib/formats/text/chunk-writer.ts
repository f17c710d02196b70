/** The number of bytes at which a chunk is full. */
const FULL = 65_536;
/** A UTF-16 code unit takes at most this many bytes of UTF-8. */
const BYTES_PER_UNIT = 3;
/** Text is encoded in pieces of about this many code units: one write costs as much as joining several short lines. */
const PIECE = 512;

/**
 * Gathers text as UTF-8. Text is joined and encoded in short pieces, which stay in the nearest cache of the processor.
 * A piece that is not ASCII does not make the text around it two bytes wide.
 */
export class ChunkWriter {
  /** The encoded bytes of the current chunk. The buffer is made for the first piece and used for all chunks. */
  #space: Buffer | undefined;
  #length = 0;
  #text = '';

  /** Whether the caller should take the chunk. */
  get full(): boolean {
    return this.#length + this.#text.length >= FULL;
  }

  /** Half a surrogate pair at the end of `text` becomes U+FFFD. */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE && !this.full) this.#write();
  }

  /** Returns everything added, and holds nothing afterwards. */
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

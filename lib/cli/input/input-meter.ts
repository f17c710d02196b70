import { Transform, type TransformCallback } from 'node:stream';

/**
 * The least number of pieces of a small input: if it were one piece, all of it would be read before the first item is.
 */
const PIECES = 256;
const LEAST_BYTES = 512;

/** Passes bytes on, and counts them. */
export class InputMeter extends Transform {
  /** The size of the input in bytes, if known. */
  readonly total: number | undefined;
  readonly #pieceBytes: number;
  #written = 0;

  constructor(total: number | undefined) {
    super();
    this.total = total || undefined;
    this.#pieceBytes = total ? Math.max(Math.ceil(total / PIECES), LEAST_BYTES) : Infinity;
  }

  /** How many bytes have been taken. */
  get bytes(): number {
    return this.#written - this.readableLength;
  }

  override _transform(chunk: Uint8Array, _encoding: string, done: TransformCallback): void {
    this.#written += chunk.length;
    done(null, chunk);
  }

  override read(size = Math.min(this.#pieceBytes, this.readableLength) || undefined): unknown {
    return super.read(size);
  }
}

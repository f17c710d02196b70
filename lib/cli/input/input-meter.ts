import { Transform, type TransformCallback } from 'node:stream';

/** In how many pieces a small input goes on, at least: in one, it would be through before the first item is. */
const PIECES = 256;
const LEAST_BYTES = 512;

/** Hands bytes on, and knows how many of how many have gone. */
export class InputMeter extends Transform {
  /** How many bytes there are, where that is known. */
  readonly total: number | undefined;
  readonly #pieceBytes: number;
  #written = 0;

  constructor(total: number | undefined) {
    super();
    this.total = total || undefined;
    this.#pieceBytes = total ? Math.max(Math.ceil(total / PIECES), LEAST_BYTES) : Infinity;
  }

  /** How many have been taken. */
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

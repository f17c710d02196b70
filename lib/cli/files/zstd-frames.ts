import { type Duplex, Transform, type TransformCallback } from 'node:stream';

/** A decompressor that counts the bytes it has taken. */
type Decoder = Duplex & { readonly bytesWritten: number };

/**
 * Decompresses all frames of a file. The decompressor of Node ends with the first frame, and silently drops the rest of
 * the chunk.
 */
export class ZstdFrames extends Transform {
  readonly #make: () => Duplex;
  #decoder: Decoder | undefined;

  constructor(make: () => Duplex) {
    super();
    this.#make = make;
    // Fails now if this Node has no zstd.
    this.#decoder = this.#begun();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#decoder ??= this.#begun();
    const decoder = this.#decoder;
    const before = decoder.bytesWritten;
    const taken = (): void => {
      decoder.off('end', taken);
      const rest = chunk.subarray(decoder.bytesWritten - before);
      if (rest.length === 0) return done();
      this.#decoder = undefined;
      this._transform(rest, _encoding, done);
    };
    // The decoder ends within the chunk if the frame does; otherwise it calls back.
    decoder.once('end', taken);
    decoder.write(chunk, (error) => error || decoder.readableEnded || taken());
  }

  override _flush(done: TransformCallback): void {
    const decoder = this.#decoder;
    if (!decoder) return done();
    decoder.once('end', () => done());
    decoder.end();
  }

  override _read(size: number): void {
    this.#decoder?.resume();
    super._read(size);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#decoder?.destroy();
    done(error);
  }

  #begun(): Decoder {
    const decoder = this.#make() as Decoder;
    decoder.on('data', (bytes: Buffer) => this.push(bytes) || decoder.pause());
    decoder.on('error', (error) => this.destroy(error));
    return decoder;
  }
}

import { type Duplex, Transform, type TransformCallback } from 'node:stream';
import { type Compression, detect } from './compressions.js';

/**
 * Passes bytes on, and decompresses them if they begin like compressed ones. It holds only the bytes that it needs to
 * decide.
 */
export class DetectCompression extends Transform {
  #head: Buffer | undefined = Buffer.alloc(0);
  #decoder: Duplex | undefined;

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    if (!this.#head) return this.#feed(chunk, done);
    this.#head = Buffer.concat([this.#head, chunk]);
    const found = detect(this.#head);
    if (found === 'too short') done();
    else this.#begin(found, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.#head && this.#head.length > 0) this.push(this.#head);
    if (!this.#decoder) return done();
    this.#decoder.once('end', () => done());
    this.#decoder.end();
  }

  override _read(size: number): void {
    this.#decoder?.resume();
    super._read(size);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#decoder?.destroy();
    done(error);
  }

  #begin(compression: Compression | undefined, done: TransformCallback): void {
    const head = this.#head as Buffer;
    this.#head = undefined;
    try {
      // Loaded only here: most input is not compressed, and zlib is slow to load.
      this.#decoder = compression?.decompress(process.getBuiltinModule('node:zlib'));
    } catch (error) {
      return done(error as Error);
    }
    this.#decoder?.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) this.#decoder?.pause();
    });
    this.#decoder?.on('error', (error) => this.destroy(error));
    this.#feed(head, done);
  }

  #feed(chunk: Buffer, done: TransformCallback): void {
    if (this.#decoder) this.#decoder.write(chunk, () => done());
    else done(null, chunk);
  }
}

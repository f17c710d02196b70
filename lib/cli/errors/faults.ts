import type { Readable, Writable } from 'node:stream';

/** Remembers the file that an error came from: few errors of Node name it. */
export class Faults {
  readonly #labels = new Map<unknown, string>();
  readonly #streams = new Set<Readable | Writable>();

  watch<S extends Readable | Writable>(stream: S, label: string): S {
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    stream.once('error', (error: unknown) => this.blame(error, label));
    return stream;
  }

  /** Closes all streams. A stream that no run uses would keep the process alive. */
  closeAll(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  blame(error: unknown, label: string): void {
    if (!this.#labels.has(error)) this.#labels.set(error, label);
  }

  labelOf(error: unknown): string | undefined {
    return this.#labels.get(error);
  }
}

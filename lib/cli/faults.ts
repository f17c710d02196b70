import type { Readable, Writable } from 'node:stream';

/** Remembers which file an error came from: few of Node's errors say so. */
export class Faults {
  readonly #labels = new Map<unknown, string>();

  watch<S extends Readable | Writable>(stream: S, label: string): S {
    stream.once('error', (error: unknown) => this.blame(error, label));
    return stream;
  }

  blame(error: unknown, label: string): void {
    if (!this.#labels.has(error)) this.#labels.set(error, label);
  }

  labelOf(error: unknown): string | undefined {
    return this.#labels.get(error);
  }
}

import { type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRemote } from '../files/remote.js';
import type { Input } from '../input/input.js';

/** Another output, which may have written a file. */
interface Writer {
  writes(path: string): boolean;
}

/** The files of a run, to check outputs whose names depend on items. */
export class Claims {
  readonly #inputs: readonly Stats[];
  readonly #written: ReadonlySet<string>;
  readonly #writers: Writer[] = [];

  constructor(inputs: readonly Input[], paths: readonly string[]) {
    this.#inputs = inputs.flatMap(({ stats }) => (stats ? [stats] : []));
    this.#written = new Set(
      paths.filter((path) => path !== '-' && !isRemote(path)).map((path) => resolve(path)),
    );
  }

  /** Adds an output to check new paths against. */
  add(writer: Writer): void {
    this.#writers.push(writer);
  }

  /** Throws when the run reads `path`, or when another output than `by` writes it. */
  require(path: string, by?: Writer): void {
    const place = resolve(path);
    const others = this.#writers.filter((writer) => writer !== by);
    if (this.#written.has(place) || others.some((writer) => writer.writes(place)))
      throw new Error('is written to twice');
    const there = statSync(path, { throwIfNoEntry: false });
    const isRead = this.#inputs.some(({ ino, dev }) => there?.ino === ino && there.dev === dev);
    if (isRead && there?.isFile()) throw new Error('is both read and written');
  }
}

import { ClosedError, type StageRef } from '../core/base/errors.js';
import type { Compare } from '../core/base/key-order.js';
import { closeAll } from '../core/pulls/close.js';
import { Codec, type Packing } from './codec.js';
import type { Entry } from './entry.js';
import { Merge } from './merge.js';
import { Run } from './run.js';
import { SpillFile } from './spill-file.js';

/** The least and the greatest size of a block in memory, in bytes. */
const SMALLEST_BLOCK = 4096;
const LARGEST_BLOCK = 262_144;

export interface StoreOptions<T> extends Packing<T> {
  readonly ref: StageRef;
  readonly order: Compare<unknown>;
  readonly byKey: boolean;
  readonly folder: string | undefined;
  readonly maxRuns: number;
  readonly maxBytes: number;
}

/** Where a run is in its file: its blocks follow one another. */
interface Place {
  readonly position: number;
  readonly lengths: readonly number[];
}

interface Level {
  file: SpillFile | undefined;
  places: Place[];
}

/**
 * Sorted runs in files. `maxRuns` runs of one level are merged into one run of the next level. Each level has one file,
 * so few files are open, and each item is written once per level.
 */
export class RunStore<T> {
  readonly #options: StoreOptions<T>;
  readonly #blockBytes: number;
  readonly #levels: Level[] = [];
  #codec: Codec<T> | undefined;
  #closed = false;

  constructor(options: StoreOptions<T>) {
    const { maxBytes, maxRuns } = options;
    this.#options = options;
    // With `maxRuns` runs on each of two levels, and one block per run in memory, the blocks use half of `maxBytes`.
    const share = Math.floor(maxBytes / maxRuns / 4);
    this.#blockBytes = Math.min(Math.max(share, SMALLEST_BLOCK), LARGEST_BLOCK);
  }

  /** Merges `runs` into one new run, the youngest of the store. */
  async add(runs: readonly Run<T>[]): Promise<void> {
    await this.#write(0, runs);
    for (let level = 0; this.#isFull(level); level += 1) {
      const full = this.#levels[level] as Level;
      await this.#write(level + 1, await this.#open(full));
      this.#levels[level] = { file: undefined, places: [] };
      await full.file?.close();
    }
  }

  #isFull(level: number): boolean {
    return this.#levels[level]?.places.length === this.#options.maxRuns;
  }

  /** All runs, the oldest first, each with its first block read. */
  async runs(): Promise<Run<T>[]> {
    const oldestFirst = this.#levels.toReversed();
    return (await Promise.all(oldestFirst.map((level) => this.#open(level)))).flat();
  }

  async #write(at: number, runs: readonly Run<T>[]): Promise<void> {
    const { folder, order } = this.#options;
    this.#levels[at] ??= { file: undefined, places: [] };
    const level = this.#levels[at];
    level.file ??= await SpillFile.create(folder);
    const position = level.file.end;
    const lengths: number[] = [];
    for await (const block of this.#blocks(new Merge(runs, order))) {
      if (this.#closed) throw new ClosedError('the sort');
      const bytes = await this.#encode(block);
      await level.file.append(bytes);
      lengths.push(bytes.length);
    }
    level.places.push({ position, lengths });
  }

  async *#blocks(merge: Merge<T>): AsyncGenerator<Entry<T>[]> {
    let block: Entry<T>[] = [];
    let bytes = 0;
    for (let entry = merge.top; entry; entry = merge.top) {
      block.push(entry);
      bytes += entry.weight;
      const loading = merge.advance();
      if (loading) await loading;
      if (bytes < this.#blockBytes) continue;
      yield block;
      block = [];
      bytes = 0;
    }
    if (block.length > 0) yield block;
  }

  async #encode(block: readonly Entry<T>[]): Promise<Buffer> {
    const { ref, byKey } = this.#options;
    this.#codec ??= new Codec(await import('node:v8'), ref, this.#options, byKey);
    return this.#codec.encode(block);
  }

  async #open({ file, places }: Level): Promise<Run<T>[]> {
    const runs = places.map((place) => this.#reader(file as SpillFile, place));
    await Promise.all(runs.map((run) => run.advance()));
    return runs;
  }

  #reader(file: SpillFile, { position, lengths }: Place): Run<T> {
    let next = 0;
    let from = position;
    return new Run<T>([], async () => {
      const length = lengths[next];
      if (length === undefined) return undefined;
      const start = from;
      next += 1;
      from += length;
      return this.#codec?.decode(await file.read(start, length));
    });
  }

  /** Makes a write in progress fail at its next block. */
  stop(): void {
    this.#closed = true;
  }

  /** Closes the files. No read or write may be in progress. */
  async close(): Promise<void> {
    const files = this.#levels.splice(0).flatMap(({ file }) => file ?? []);
    await closeAll(files);
  }
}

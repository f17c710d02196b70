import { Heap } from '../core/base/heap.js';
import type { Compare } from '../core/base/key-order.js';
import type { Entry } from './entry.js';
import type { Run } from './run.js';

interface Input<T> {
  readonly run: Run<T>;
  readonly top: Entry<T>;
  readonly index: number;
}

/** Merges sorted runs. Of equal entries, that of the earlier run in `runs` comes first. */
export class Merge<T> {
  readonly #heap: Heap<Input<T>>;

  constructor(runs: readonly Run<T>[], order: Compare<unknown>) {
    this.#heap = new Heap((a, b) => order(a.top.key, b.top.key) || a.index - b.index);
    runs.forEach((run, index) => {
      const { top } = run;
      if (top) this.#heap.push({ run, top, index });
    });
  }

  /** The current entry; undefined after the last one. */
  get top(): Entry<T> | undefined {
    return this.#heap.top?.top;
  }

  /** Moves on to the next entry. */
  advance(): void | Promise<void> {
    const first = this.#heap.top;
    if (!first) return;
    const loading = first.run.advance();
    if (loading) return loading.then(() => this.#reorder(first));
    this.#reorder(first);
  }

  #reorder({ run, index }: Input<T>): void {
    const { top } = run;
    if (top) this.#heap.replace({ run, top, index });
    else this.#heap.pop();
  }
}

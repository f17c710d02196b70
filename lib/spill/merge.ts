import { Heap } from '../core/base/heap.js';
import type { Compare } from '../core/base/key-order.js';
import type { Entry } from './entry.js';
import type { Run } from './run.js';

interface Aged<T> {
  readonly run: Run<T>;
  readonly top: Entry<T>;
  readonly age: number;
}

/** Entries of several runs in one order. Of equal ones, that of the run given first comes first. */
export class Merge<T> {
  readonly #heap: Heap<Aged<T>>;

  constructor(runs: readonly Run<T>[], order: Compare<unknown>) {
    this.#heap = new Heap((a, b) => order(a.top.key, b.top.key) || a.age - b.age);
    runs.forEach((run, age) => {
      const { top } = run;
      if (top) this.#heap.push({ run, top, age });
    });
  }

  /** The first entry that is left; undefined when there is none. */
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

  #reorder({ run, age }: Aged<T>): void {
    const { top } = run;
    if (top) this.#heap.replace({ run, top, age });
    else this.#heap.pop();
  }
}

import { type StageRef, stageError } from '../core/base/errors.js';
import type { Compare } from '../core/base/key-order.js';
import type { Callback } from '../core/policy/callback.js';
import { type Keyed, type KeyOf, keyed } from '../core/policy/keyed.js';
import type { Host } from '../core/protocol/host.js';
import { END, isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import type { Segment } from '../core/protocol/segment.js';
import { closeAll } from '../core/pulls/close.js';
import { Pending } from '../core/pulls/pending.js';
import { NO_WAITS, type WaitReport } from '../core/stall/wait-report.js';
import type { Packing } from './codec.js';
import type { Entry } from './entry.js';
import { Merge } from './merge.js';
import { Run } from './run.js';
import { RunStore } from './run-store.js';
import { weigh } from './weigh.js';

/** How many items one synchronous sort takes: more would block the event loop. */
const CHUNK = 1024;
/** Bytes of an entry and of its slots in arrays. */
const ENTRY = 64;

export interface SortPlan<T> extends Packing<T> {
  readonly by: Callback<KeyOf<T>> | undefined;
  readonly order: Compare<unknown>;
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly maxRuns: number;
  readonly folder: string | undefined;
}

/** Collects all items in sorted chunks, in memory and in files, then emits them by merging the chunks. */
export class SortPull<T> implements Pull<T> {
  readonly #upstream: Pull<T>;
  readonly #keyed: Pull<Keyed<T>> | undefined;
  readonly #plan: SortPlan<T>;
  readonly #host: Host;
  readonly #ref: StageRef;
  readonly #segment: Segment;
  readonly #work: Pending<void>;
  readonly #store: RunStore<T>;
  #working: Promise<void> | undefined;
  #chunk: Entry<T>[] = [];
  #runs: Run<T>[] = [];
  #items = 0;
  #bytes = 0;
  #merge: Merge<T> | undefined;
  /** The entry at the top of the merge has been emitted. */
  #taken = false;

  constructor(upstream: Pull<T>, plan: SortPlan<T>, host: Host, ref: StageRef) {
    this.#upstream = upstream;
    this.#plan = plan;
    this.#host = host;
    this.#ref = ref;
    // The segment of the input, which counts the items. `host.segment` changes later.
    this.#segment = host.segment;
    this.#keyed = plan.by && keyed(upstream, plan.by, host, ref);
    this.#work = new Pending(host);
    this.#store = new RunStore<T>({ ...plan, ref, byKey: plan.by !== undefined });
  }

  pull(): Pulled<T> {
    if (this.#work.busy) return WAIT;
    if (!this.#work.free) this.#named(() => this.#work.take());
    while (!this.#merge) {
      const entry = this.#read();
      if (entry === WAIT) return WAIT;
      const working = this.#named(() => (entry === END ? this.#finish() : this.#add(entry)));
      if (working) return this.#wait(working);
    }
    return this.#next(this.#merge);
  }

  #read(): Pulled<Entry<T>> {
    if (this.#keyed) {
      const pulled = this.#keyed.pull();
      if (!isItem(pulled)) return pulled;
      const { key, item } = pulled;
      return { key, item, weight: ENTRY + weigh(item) + weigh(key), index: this.#segment.index };
    }
    const item = this.#upstream.pull();
    if (!isItem(item)) return item;
    return { key: item, item, weight: ENTRY + weigh(item), index: this.#segment.index };
  }

  #add(entry: Entry<T>): void | Promise<void> {
    this.#items += 1;
    this.#bytes += entry.weight;
    if (this.#chunk.push(entry) === CHUNK) this.#endChunk();
    const { maxItems, maxBytes } = this.#plan;
    if (this.#items >= maxItems || this.#bytes >= maxBytes)
      return this.#store.add(this.#takeRuns());
  }

  #endChunk(): void {
    if (this.#chunk.length === 0) return;
    const { order } = this.#plan;
    this.#runs.push(new Run(this.#chunk.sort((a, b) => order(a.key, b.key))));
    this.#chunk = [];
  }

  /** Takes the runs out of memory. */
  #takeRuns(): Run<T>[] {
    this.#endChunk();
    const runs = this.#runs;
    this.#runs = [];
    this.#items = 0;
    this.#bytes = 0;
    return runs;
  }

  #finish(): void | Promise<void> {
    const inMemory = this.#takeRuns();
    if (!this.#working) return this.#begin(inMemory);
    return this.#store.runs().then((inFiles) => this.#begin([...inFiles, ...inMemory]));
  }

  #begin(runs: readonly Run<T>[]): void {
    this.#merge = new Merge(runs, this.#plan.order);
  }

  #next(merge: Merge<T>): Pulled<T> {
    if (this.#taken) {
      this.#taken = false;
      const loading = this.#named(() => merge.advance());
      if (loading) return this.#wait(loading);
    }
    const entry = merge.top;
    if (!entry) return END;
    this.#taken = true;
    // The acks were released when this stage took the items.
    this.#host.acks = undefined;
    return entry.item;
  }

  #wait(working: Promise<void>): typeof WAIT {
    this.#working = working;
    this.#named(() => this.#work.start(working));
    return WAIT;
  }

  /** Names this stage in an error. `#read` is not called in here: upstream errors have their stage's name. */
  #named<R>(act: () => R): R {
    try {
      return act();
    } catch (error) {
      throw stageError(this.#ref, error);
    }
  }

  waits(): readonly WaitReport[] {
    const what = this.#work.busy ? 'its files' : undefined;
    return [...(this.#keyed?.waits?.() ?? NO_WAITS), { what, held: this.#items }];
  }

  close(): void | Promise<void> {
    const input = this.#keyed ?? this.#upstream;
    if (!this.#working) return input.close();
    return closeAll([{ close: () => this.#closeStore(this.#working) }, input]);
  }

  async #closeStore(working: Promise<void> | undefined): Promise<void> {
    this.#store.stop();
    // `pull()` has reported a failure of this promise, or the run no longer needs its result.
    await working?.catch(() => {});
    try {
      await this.#store.close();
    } catch (error) {
      throw stageError(this.#ref, error);
    }
  }
}

import * as sluice from '../../lib/index.js';
import { formatOptionRows } from './format-option-rows.js';
import { name, type Row, row } from './option-row.js';

export type { Row };

type Policies = sluice.CallbackOptions<unknown, never>;
const policies: Required<Policies> = { name, onError: 'skip', retry: { attempts: 2 } };
const signals = {
  signal: new AbortController().signal,
  stop: new AbortController().signal,
};
const named = (call: (options: { name?: string }) => unknown): Row => row(call, { name });
const calling = (call: (options: Policies) => unknown): Row => row(call, policies);
const fn = () => true;
const items = [1];

/** A row for everything that takes options. */
export const optionRows: Record<string, Row> = {
  ...formatOptionRows,
  balance: row((o: sluice.BalanceOptions) => sluice.balance(sluice.count(), o), {
    name,
    buffer: 1,
  }),
  batch: row((o: sluice.BatchOptions) => sluice.batch(1, o), { name, maxDelayMs: 1 }),
  branch: row((o: sluice.BranchPolicy & { name?: string }) => sluice.branch(sluice.count(), o), {
    name,
    when: 'block',
    buffer: 1,
    onError: 'fail',
  }),
  broadcast: row((o: sluice.BroadcastOptions) => sluice.broadcast(sluice.count(), o), {
    name,
    buffer: 1,
    answer: fn,
  }),
  buffer: row((o: sluice.BufferOptions<unknown>) => sluice.buffer(o), {
    name,
    size: 1,
    when: 'block',
    onDrop: fn,
  }),
  concat: named((o) => sluice.concat(items, o)),
  count: named((o) => sluice.count(o)),
  deadLetter: row((o: sluice.DeadLetterOptions) => sluice.deadLetter(sluice.count(), o), {
    buffer: 1,
  }),
  debounce: row((o: sluice.DebounceOptions) => sluice.debounce(o), {
    name,
    quietMs: 1,
    maxDelayMs: 1,
  }),
  dedupe: row((o: sluice.DedupeOptions<unknown>) => sluice.dedupe(o), {
    ...policies,
    key: fn,
    within: 1,
  }),
  delay: row((o: sluice.DelayOptions) => sluice.delay(o), { name, delayMs: 1, buffer: 1 }),
  drain: named((o) => sluice.drain(o)),
  drop: named((o) => sluice.drop(1, o)),
  dropWhile: calling((o) => sluice.dropWhile(fn, o)),
  enumerate: row((o: sluice.EnumerateOptions) => sluice.enumerate(o), { name, start: 1 }),
  every: calling((o) => sluice.every(fn, o)),
  filter: calling((o) => sluice.filter(fn, o)),
  find: calling((o) => sluice.find(fn, o)),
  first: named((o) => sluice.first(o)),
  flatMap: row((o: sluice.FlatMapOptions<unknown>) => sluice.flatMap(() => items, o), {
    ...policies,
    concurrency: 2,
    order: 'input',
  }),
  forEach: calling((o) => sluice.forEach(fn, o)),
  from: named((o) => sluice.from(items, o)),
  generate: row((o: sluice.GenerateOptions<unknown>) => sluice.generate(1, fn, o), {
    name,
    onError: 'fail',
    retry: { attempts: 2 },
  }),
  graph: row((o: sluice.GraphOptions) => sluice.graph(sluice.stats().read(), o), {
    format: 'mermaid',
  }),
  groupBy: row((o: sluice.GroupByOptions) => sluice.groupBy(fn, () => sluice.count(), o), {
    ...policies,
    groups: 1,
    when: 'fail',
    buffer: 1,
  }),
  hub: row((o: sluice.HubOptions) => sluice.hub(o), { name, empty: 'drop' }),
  interleave: named((o) => sluice.interleave(items, o)),
  interval: row((o: sluice.IntervalOptions) => sluice.interval(o), {
    name,
    everyMs: 1,
    firstMs: 1,
  }),
  join: row((o: sluice.JoinOptions<unknown, unknown, 'left'>) => sluice.join(items, items, o), {
    ...policies,
    on: fn,
    leftKey: undefined,
    rightKey: undefined,
    kind: 'left',
    strategy: 'sorted',
    maxItems: 1,
    compare: () => 0,
    descending: true,
  } as const),
  last: named((o) => sluice.last(o)),
  map: row((o: sluice.MapOptions<unknown>) => sluice.map(fn, o), {
    ...policies,
    concurrency: 2,
    order: 'input',
  }),
  merge: named((o) => sluice.merge(items, o)),
  mergeSorted: row((o: sluice.MergeSortedOptions<number>) => sluice.mergeSorted(items, o), {
    ...policies,
    by: (x) => x,
    compare: () => 0,
    descending: true,
  }),
  pairwise: named((o) => sluice.pairwise(o)),
  partition: row(
    (o: sluice.PartitionOptions) => sluice.partition(fn, sluice.count(), sluice.count(), o),
    { ...policies, buffer: 1 },
  ),
  pipeline: row((o: sluice.PipelineOptions) => sluice.pipeline(items, sluice.count(), o), {
    trace: fn,
    get stats() {
      return sluice.stats();
    },
    ...signals,
    onStall: fn,
    end: true,
  }),
  pull: row((o: sluice.RunOptions) => sluice.pull(items, o), {
    trace: fn,
    get stats() {
      return sluice.stats();
    },
    ...signals,
  }),
  push: row((o: sluice.ProducerOptions) => sluice.push(sluice.count(), o), {
    trace: fn,
    get stats() {
      return sluice.stats();
    },
    ...signals,
    onStall: fn,
    backlog: 1,
  }),
  race: named((o) => sluice.race(items, o)),
  range: row((o: sluice.RangeOptions) => sluice.range(0, 1, o), { name, step: 1 }),
  reduce: calling((o) => sluice.reduce(fn, true, o)),
  sample: row((o: sluice.SampleOptions) => sluice.sample(1, o), { name, random: Math.random }),
  scan: calling((o) => sluice.scan(fn, true, o)),
  some: calling((o) => sluice.some(fn, o)),
  sort: row((o: sluice.SortOptions<unknown>) => sluice.sort(o), {
    ...policies,
    by: fn,
    compare: () => 0,
    descending: true,
    pack: (item) => item,
    unpack: (item) => item,
    maxBytes: 1,
    maxItems: 1,
    maxRuns: 2,
    folder: '.',
  }),
  take: named((o) => sluice.take(1, o)),
  takeWhile: calling((o) => sluice.takeWhile(fn, o)),
  statsTable: row((o: sluice.StatsTableOptions) => sluice.statsTable(sluice.stats().read(), o), {
    width: 1,
    rows: 1,
    color: true,
    since: sluice.stats().read(),
  }),
  tally: row((o: sluice.TallyOptions) => sluice.tally(fn, o), { ...policies, maxKeys: 1 }),
  tap: calling((o) => sluice.tap(fn, o)),
  tee: row((o: sluice.TeeOptions) => sluice.tee(items, o), { name, branches: 2, buffer: 1 }),
  throttle: row((o: sluice.ThrottleOptions) => sluice.throttle(o), { name, items: 1, perMs: 1 }),
  timeout: row((o: sluice.TimeoutOptions) => sluice.timeout(o), {
    name,
    firstMs: 1,
    betweenMs: 1,
  }),
  toArray: named((o) => sluice.toArray(o)),
  top: row((o: sluice.TopOptions<unknown>) => sluice.top(1, fn, o), {
    ...policies,
    compare: () => 0,
    ascending: true,
  }),
  uniq: row((o: sluice.UniqOptions<unknown>) => sluice.uniq(o), {
    ...policies,
    key: fn,
    maxKeys: 1,
  }),
  window: named((o) => sluice.window(1, o)),
  zip: named((o) => sluice.zip(items, o)),
  zipLatest: named((o) => sluice.zipLatest(items, o)),
  zipLongest: row((o: sluice.ZipLongestOptions<number>) => sluice.zipLongest(items, o), {
    name,
    fill: 0,
  }),
  'Hub.join': row((o: sluice.BranchPolicy) => sluice.hub().join(sluice.count(), o), {
    when: 'block',
    buffer: 1,
    onError: 'fail',
  }),
  'map: retry': row((retry: sluice.RetryOptions) => sluice.map(fn, { retry }), {
    attempts: 2,
    delayMs: 1,
    factor: 1,
    maxDelayMs: 1,
    jitter: 0,
  }),
};

// Running

// Errors
export {
  AbortError,
  ArgumentError,
  AsyncError,
  BacklogError,
  BoundError,
  ClosedError,
  NullItemError,
  OrderError,
  RouteError,
  SluiceError,
  SpillError,
  StageError,
  type StageRef,
  StallError,
  type StalledStage,
  TimeoutError,
  UsedError,
} from './core/base/errors.js';
export type { SideLine } from './core/base/stage-ref.js';
export type { ConcurrencyOptions, Order } from './core/concurrency/options.js';
// Types
export type { Policies } from './core/policy/callback.js';
export type { DeadLetter, FailedItem } from './core/policy/dead-letter.js';
export type { Handler, OnError } from './core/policy/on-error.js';
export type { RetryOptions } from './core/policy/retry.js';
export type { Context } from './core/protocol/context.js';
export type {
  RunOptions,
  Trace,
  TraceEvent,
  WaitingRunOptions,
} from './core/protocol/run-options.js';
export type { CsvWriting } from './formats/csv/encoder.js';
export type { CsvReading, FieldParser } from './formats/csv/options.js';
// Formats
export { type FormatCsvOptions, formatCsv } from './formats/format-csv.js';
export { formatJson } from './formats/format-json.js';
export { type FormatLinesOptions, formatLines } from './formats/format-lines.js';
export { formatNdjson } from './formats/format-ndjson.js';
export { type FormatTableOptions, formatTable } from './formats/format-table.js';
export { formatTsv } from './formats/format-tsv.js';
export type { JsonReading } from './formats/json/decoder.js';
export { type LinesOptions, lines } from './formats/lines.js';
export { type ParseCsvOptions, parseCsv } from './formats/parse-csv.js';
export { type ParseJsonOptions, parseJson } from './formats/parse-json.js';
export { type ParseNdjsonOptions, parseNdjson } from './formats/parse-ndjson.js';
export { parseTsv } from './formats/parse-tsv.js';
export type { TableWriting } from './formats/table/encoder.js';
export { FormatError } from './formats/text/format-error.js';
export { ParseError } from './formats/text/parse-error.js';
export type { ParserOptions } from './formats/text/parser.js';
// Junctions
export { balance } from './junctions/balance.js';
export { branch } from './junctions/branch.js';
export type { BalanceOptions, BroadcastOptions } from './junctions/branches/branch-options.js';
export type { BranchPolicy, BranchResult } from './junctions/branches/branch-policy.js';
export { broadcast } from './junctions/broadcast.js';
export { concat } from './junctions/concat.js';
export { type DeadLetterOptions, deadLetter } from './junctions/dead-letter.js';
export { type GroupByOptions, groupBy } from './junctions/group-by.js';
export {
  Hub,
  type HubBranch,
  type HubOptions,
  type HubResult,
  hub,
} from './junctions/hub.js';
export { interleave } from './junctions/interleave.js';
export { type Joined, type JoinKind, type JoinOptions, join } from './junctions/join.js';
export { merge } from './junctions/merge.js';
export { type MergeSortedOptions, mergeSorted } from './junctions/merge-sorted.js';
export { type PartitionOptions, partition } from './junctions/partition.js';
export { race } from './junctions/race.js';
export { type TeeOptions, tee } from './junctions/tee.js';
export { zip } from './junctions/zip.js';
export { zipLatest } from './junctions/zip-latest.js';
export { type ZipLongestOptions, zipLongest } from './junctions/zip-longest.js';
export { type GraphFormat, type GraphOptions, graph } from './observe/graph.js';
// Observing
export type { RunEnd, RunStart } from './observe/measure/channels.js';
export type { RunStats, StageStats } from './observe/measure/run-stats.js';
export { type Stats, stats } from './observe/stats.js';
export { type StatsTableOptions, statsTable } from './observe/stats-table.js';
// Operators
export { type BatchOptions, batch } from './operators/batch.js';
export { type BufferOptions, buffer } from './operators/buffer.js';
export { type DebounceOptions, debounce } from './operators/debounce.js';
export { type DedupeOptions, dedupe } from './operators/dedupe.js';
export { type DelayOptions, delay } from './operators/delay.js';
export { drop } from './operators/drop.js';
export { dropWhile } from './operators/drop-while.js';
export { type EnumerateOptions, enumerate } from './operators/enumerate.js';
export { filter } from './operators/filter.js';
export { type FlatMapOptions, flatMap } from './operators/flat-map.js';
export { type MapOptions, map } from './operators/map.js';
export { pairwise } from './operators/pairwise.js';
export { type SampleOptions, sample } from './operators/sample.js';
export { scan } from './operators/scan.js';
export { type SortOptions, sort } from './operators/sort.js';
export { take } from './operators/take.js';
export { takeWhile } from './operators/take-while.js';
export { tap } from './operators/tap.js';
export { type ThrottleOptions, throttle } from './operators/throttle.js';
export { type TimeoutOptions, timeout } from './operators/timeout.js';
export { type TopOptions, top } from './operators/top.js';
export { type UniqOptions, uniq } from './operators/uniq.js';
export { window } from './operators/window.js';
export { type Consumer, Producer, type ProducerOptions } from './push/producer.js';
export { push } from './push/push.js';
// Sinks
export { count } from './sinks/count.js';
export { drain } from './sinks/drain.js';
export { every } from './sinks/every.js';
export { find } from './sinks/find.js';
export { first } from './sinks/first.js';
export { forEach } from './sinks/for-each.js';
export { last } from './sinks/last.js';
export { reduce } from './sinks/reduce.js';
export { some } from './sinks/some.js';
export { type TallyOptions, tally } from './sinks/tally.js';
export { toArray } from './sinks/to-array.js';
// Sources
export { from } from './sources/from.js';
export { type GenerateOptions, generate } from './sources/generate.js';
export { type IntervalOptions, interval } from './sources/interval.js';
export { type RangeOptions, range } from './sources/range.js';
export { compose } from './streams/compose.js';
export { pipeline } from './streams/pipeline.js';
export { pull } from './streams/pull.js';
export { Sink } from './streams/sink.js';
export { Source } from './streams/source.js';
export { Stage } from './streams/stage.js';
export type {
  CallbackOptions,
  NameOptions,
  PipelineOptions,
  SinkLike,
  SourceLike,
  StageLike,
} from './streams/types.js';

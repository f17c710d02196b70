import { ArgumentError } from '../core/base/errors.js';
import { keyOrder, ORDERING, type OrderOptions } from '../core/base/key-order.js';
import { validateCount, validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { KeyOf } from '../core/policy/keyed.js';
import type { Packing } from '../spill/codec.js';
import { SortPull } from '../spill/sort-pull.js';
import { through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

const NAMES = [
  ...POLICIES,
  'by',
  ...ORDERING,
  'pack',
  'unpack',
  'maxBytes',
  'maxItems',
  'maxRuns',
  'folder',
] as const;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_RUNS = 64;

/** Options of `sort`. */
export interface SortOptions<T, K = T, P = unknown>
  extends CallbackOptions<T, K>,
    OrderOptions<K>,
    Packing<T, P> {
  /** Answers the key that items are sorted by, or a promise of it; called once an item. Default: the item itself. */
  readonly by?: KeyOf<T, K> | undefined;
  /** About how many bytes of items are gathered in memory, by estimate; an integer from 1, or Infinity. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** How many items are gathered in memory; an integer from 1, or Infinity, the default. */
  readonly maxItems?: number | undefined;
  /** How many sorted runs of one size a file gathers before they are merged; an integer from 2. Default 64. */
  readonly maxRuns?: number | undefined;
  /** Where temporary files are made. Default: the system's folder for them, which on some systems is in memory itself. */
  readonly folder?: string | undefined;
}

/**
 * All items in order, however many they are: what does not fit into `maxBytes` or `maxItems` is written to temporary
 * files in sorted runs, which are merged. Equal items stay in the order they came in, also when `descending`.
 *
 * The natural order of keys: booleans, numbers and bigints, strings by their code units, dates; arrays item by item, so
 * that `by: (r) => [r.year, r.name]` sorts by both. Missing keys (undefined, null, NaN) come last in either direction. An
 * object is no key. With `compare`, only what is undefined comes last without being asked about, as with arrays.
 *
 * Emits: when its input has ended.   Holds: items up to `maxBytes`, and half as much again while it merges.
 * Waits: while a promise of `by` is pending, and while it writes or reads a file.
 * Fails: when `by` or `compare` throws, or `by` rejects, when a file can't be written (the cause is the system's error), and with a
 * `SpillError` ERR_SLUICE_SPILL at an item that would not come back from a file as it is: an object of a class of your
 * own or without a prototype, a function, a getter, a symbol as a key, a property of a `Map`. `pack` says what to write in its place, `unpack` makes the item of that again.
 *
 * Items that have been in a file are copies, which are not frozen. Files are open to this process alone, and gone when it is over, even if it
 * is killed. Inside `push`, an item is answered, with undefined, when it is taken here: `close` tells how it fared behind.
 *
 * @param options `retry` and `onError` say what becomes of an item that `by` fails on. A function answers the key;
 * skipped, the item is left out. What `compare`, `pack` and `unpack` throw fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range, or `pack` and `unpack` don't come
 * together.
 * @example
 * await pipeline([3, 1, 2], sort(), toArray()) // [1, 2, 3]
 * await pipeline(['b', 'C', 'a'], sort({ by: (s) => s.toLowerCase(), descending: true }), toArray()) // ['C', 'b', 'a']
 * await pipeline(['ä', 'z', 'a'], sort({ compare: (a, b) => a.localeCompare(b, 'de') }), toArray()) // ['a', 'ä', 'z']
 */
export function sort<T, K = T, P = unknown>(options: SortOptions<T, K, P> = {}): Stage<T, T> {
  validateOptions('sort', options, NAMES);
  const { by, compare, pack, unpack, folder } = options;
  const { maxBytes = MAX_BYTES, maxItems = Infinity, maxRuns = MAX_RUNS } = options;
  for (const [name, fn] of Object.entries({ by, compare, pack, unpack }))
    if (fn !== undefined) validateFunction('sort', name, fn);
  for (const [name, bound] of Object.entries({ maxBytes, maxItems }))
    if (bound !== Infinity) validateCount('sort', name, bound, 1);
  validateCount('sort', 'maxRuns', maxRuns, 2);
  if ((pack === undefined) !== (unpack === undefined))
    throw new ArgumentError('sort: pack and unpack must be given together');
  if (folder !== undefined && typeof folder !== 'string')
    throw new ArgumentError(`sort: folder must be a string, got ${typeof folder}`);
  const callback = new Callback('sort', by ?? ((item: T) => item as unknown as K), options);
  const order = keyOrder(options);
  const packing = { pack, unpack } as Packing<T>;
  const plan = {
    ...packing,
    by: by || !callback.plain ? callback : undefined,
    order,
    maxBytes,
    maxItems,
    maxRuns,
    folder,
  };
  return through<T, T>(
    'sort',
    (upstream, host, ref) => new SortPull(upstream(host), plan, host, ref),
    options,
  );
}

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
  /** Returns an item's sort key, or a promise of it; called once per item. Default: the item itself. */
  readonly by?: KeyOf<T, K> | undefined;
  /** How many bytes of items are held in memory, by estimate; an integer from 1, or Infinity. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** How many items are held in memory; an integer from 1, or Infinity, the default. */
  readonly maxItems?: number | undefined;
  /** How many sorted runs of one size a file holds before they are merged; an integer from 2. Default 64. */
  readonly maxRuns?: number | undefined;
  /** The folder for temporary files. Default: that of the system, which on some systems is in memory itself. */
  readonly folder?: string | undefined;
}

/**
 * Sorts all items, however many: items beyond `maxBytes` or `maxItems` are written to temporary files in sorted runs,
 * which are merged at the end. Equal items keep their order, also when `descending`.
 *
 * The natural order of keys: booleans, numbers and bigints, strings by their code units, dates; arrays item by item, so
 * that `by: (r) => [r.year, r.name]` sorts by both. Missing keys (undefined, null, NaN) come last in either direction.
 * An object is no key. With `compare`, only undefined keys come last without a call of it, as in
 * `Array.prototype.sort`.
 *
 * Emits: when its input has ended.   Holds: items up to `maxBytes`, and half as much again while it merges.
 * Waits: while a promise of `by` is pending, and while it writes or reads a file.
 * Fails: when `by` or `compare` throws, or `by` rejects; when a file can't be written (the cause is the system's
 * error). It fails with a `SpillError` ERR_SLUICE_SPILL at an item that would come back from a file changed: an object
 * of a class of your own or without a prototype, a function, a getter, a symbol as a key, a property of a `Map`. For
 * such items, `pack` returns what to write instead, and `unpack` makes the item from it again.
 *
 * Items that were in a file are copies, which are not frozen. The files are open to this process alone. They are gone
 * when the process ends, even if it is killed. Inside `push`, `send` resolves to `undefined` as soon as this stage
 * takes the item; `close` reports later failures.
 *
 * @param options `retry` and `onError` say what happens to an item that `by` fails on. An `onError` function returns
 * the key to use; a skipped item is left out. An error in `compare`, `pack` or `unpack` fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range, or one of `pack` and `unpack` is
 * given without the other.
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

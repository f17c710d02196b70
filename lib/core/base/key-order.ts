import { refusePromise } from './thenable.js';

export type Compare<K> = (a: K, b: K) => number;

/** The options of all operators that sort by key. */
export interface OrderOptions<K> {
  /** Compares two keys, as for `Array.prototype.sort`. Default: the natural order, see `sort`. */
  readonly compare?: Compare<K> | undefined;
  /** The greatest key first. Default false. */
  readonly descending?: boolean | undefined;
}

/** The names of these options. */
export const ORDERING = ['compare', 'descending'] as const;

/**
 * Makes the comparison function for keys. The natural order: booleans, numbers and bigints, strings by their code
 * units, dates, and arrays item by item. Missing keys (undefined; in the natural order also null, NaN and invalid
 * dates) come last, ascending and descending.
 */
export function keyOrder<K>({ compare, descending = false }: OrderOptions<K>): Compare<unknown> {
  const direction = descending ? -1 : 1;
  if (!compare) return (a, b) => natural(a, b, direction);
  return (a, b) => {
    if (a === undefined || b === undefined)
      return Number(a === undefined) - Number(b === undefined);
    const order = compare(a as K, b as K);
    if (typeof order !== 'number') refusePromise(order, 'a number of compare');
    return direction * order;
  };
}

/** Whether a key counts as missing. */
export const isMissing = (key: unknown): boolean =>
  key === undefined ||
  key === null ||
  Number.isNaN(key) ||
  (key instanceof Date && Number.isNaN(key.getTime()));

function natural(a: unknown, b: unknown, direction: number): number {
  if (typeof a === 'string' && typeof b === 'string') return inOrder(a, b) * direction;
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -direction;
    if (a > b) return direction;
    if (a === b) return 0;
  }
  return inKinds(a, b, direction);
}

/** Missing keys come last; the others are ordered by kind, then within their kind. */
function inKinds(a: unknown, b: unknown, direction: number): number {
  const missing = Number(isMissing(a)) - Number(isMissing(b));
  if (missing !== 0 || isMissing(a)) return missing;
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank * direction;
  if (Array.isArray(a)) return itemByItem(a, b as readonly unknown[], direction);
  return inOrder(a as number, b as number) * direction;
}

function inOrder<K extends string | number>(a: K, b: K): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

function itemByItem(a: readonly unknown[], b: readonly unknown[], direction: number): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const order = natural(a[at], b[at], direction);
    if (order !== 0) return order;
  }
  return (a.length - b.length) * direction;
}

const ranks: Readonly<Record<string, number>> = { boolean: 0, number: 1, bigint: 1, string: 2 };

function rankOf(key: unknown): number {
  const rank = ranks[typeof key] ?? (key instanceof Date ? 3 : Array.isArray(key) ? 4 : undefined);
  if (rank !== undefined) return rank;
  throw new TypeError(
    `${typeof key === 'object' ? 'objects' : `a ${typeof key}`} can't be put in order: answer a number, a string, a date or an array of them as the key, or give compare`,
  );
}

import { ArgumentError } from './errors.js';

/** Checks a count at the call: an integer from `least`. */
export function validateCount(
  who: string,
  name: string,
  value: unknown,
  least = 0,
): asserts value is number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new ArgumentError(`${who}: ${name} must be an integer from ${least}, got ${String(value)}`);
}

/** The most entries that a `Map` or `Set` of V8 can have. */
const MOST_KEYS = 2 ** 24;

/** Checks a bound of distinct keys at the call: an integer from 1. */
export function validateKeys(who: string, name: string, value: unknown): asserts value is number {
  validateCount(who, name, value, 1);
  if (value > MOST_KEYS)
    throw new ArgumentError(`${who}: ${name} must be at most ${MOST_KEYS}, got ${value}`);
}

/** The longest delay of a timer of Node; it fires at once when the delay is longer. */
export const LONGEST_MS = 2 ** 31 - 1;

/** Checks a time in ms at the call: a number from `least` to the longest delay of a timer. */
export function validateMs(
  who: string,
  name: string,
  value: unknown,
  least = 0,
): asserts value is number {
  if (typeof value === 'number' && value >= least && value <= LONGEST_MS) return;
  throw new ArgumentError(
    `${who}: ${name} must be a number of ms from ${least} to ${LONGEST_MS}, got ${String(value)}`,
  );
}

/** Checks at the call that an option is one of `words`. */
export function validateOneOf<W extends string>(
  who: string,
  name: string,
  value: unknown,
  words: readonly W[],
): asserts value is W {
  if (words.includes(value as W)) return;
  const choice = words.map((word) => `'${word}'`).join(', ');
  throw new ArgumentError(`${who}: ${name} must be one of ${choice}, got ${String(value)}`);
}

/** Checks at the call that an option is an `AbortSignal` or undefined. */
export function validateSignal(who: string, name: string, value: unknown): void {
  if (value === undefined || (typeof value === 'object' && value !== null && 'aborted' in value))
    return;
  throw new ArgumentError(`${who}: ${name} must be an AbortSignal, got ${String(value)}`);
}

/**
 * Checks options at the call; undefined is allowed. A misspelt option, or a function or name in place of the options,
 * would otherwise be ignored silently.
 */
export function validateKnown<O extends object>(
  who: string,
  options: O | undefined,
  known: readonly (keyof O & string)[],
): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null)
    throw new ArgumentError(
      `${who}: options must be an object, got ${options === null ? 'null' : `a ${typeof options}`}`,
    );
  const names: readonly string[] = known;
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ArgumentError(`${who}: unknown option ${unknown}; known are ${names.join(', ')}`);
}

/** As `validateKnown`, for operators with a `name` option. `own` are the names of the other options. */
export function validateOptions<O extends { readonly name?: unknown }>(
  who: string,
  options: O | undefined,
  own: readonly (keyof O & string)[] = [],
): void {
  validateKnown(who, options, [...own, 'name']);
  const name = options?.name;
  if (name === undefined || typeof name === 'string') return;
  throw new ArgumentError(`${who}: name must be a string, got ${String(name)}`);
}

/** Checks a callback at the call. */
export function validateFunction(who: string, name: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new ArgumentError(
    `${who}: ${name} must be a function, got ${value === null ? 'null' : typeof value}`,
  );
}

/** Checks a number at the call, which may be fractional. */
export function validateWithin(
  who: string,
  name: string,
  value: unknown,
  least: number,
  most: number,
): asserts value is number {
  if (typeof value === 'number' && value >= least && value <= most) return;
  const range = most === Number.MAX_VALUE ? `from ${least}` : `from ${least} to ${most}`;
  throw new ArgumentError(`${who}: ${name} must be a number ${range}, got ${String(value)}`);
}

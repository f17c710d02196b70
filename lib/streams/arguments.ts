import { ArgumentError } from '../core/base/errors.js';
import { isStreamable } from './adapters/read-batches.js';
import { isWriter } from './adapters/write-batches.js';

interface Arguments<O> {
  readonly parts: unknown[];
  readonly options: O;
}

/** Splits `(...parts, options?)`, or one array of parts. Throws if there are fewer than `least` parts. */
export function readArguments<O extends object>(
  who: string,
  args: readonly unknown[],
  least: number,
): Arguments<O> {
  const last = args.at(-1);
  const options = (isOptions(last) ? last : {}) as O;
  const given = isOptions(last) ? args.slice(0, -1) : args.slice();
  const [only] = given;
  const parts = given.length === 1 && Array.isArray(only) && least > 1 ? [...only] : given;
  if (parts.length < least) {
    throw new ArgumentError(`${who}: needs at least ${least} arguments, got ${parts.length}`);
  }
  return { parts, options };
}

/** Options are a plain object; no stream, iterable or sink is one, nor a plain object that acts as one. */
function isOptions(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return (
    plain &&
    !(Symbol.iterator in value) &&
    !(Symbol.asyncIterator in value) &&
    !('writable' in value) &&
    !isWriter(value) &&
    !isStreamable(value)
  );
}

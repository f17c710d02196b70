const typedArray: unknown = Object.getPrototypeOf(Uint8Array.prototype);

/** Classes whose objects come back from `v8.deserialize` as what they were. */
const prototypes = new Set<unknown>(
  [
    Array,
    ArrayBuffer,
    BigInt,
    Boolean,
    DataView,
    Date,
    Map,
    Number,
    Object,
    RegExp,
    Set,
    String,
  ].map(({ prototype }) => prototype as unknown),
).add(null);

const errors = new Set<unknown>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    ({ prototype }) => prototype as unknown,
  ),
);

const keptOfErrors = new Set(['cause', 'message', 'stack']);

/**
 * What of a value `v8.serialize` would leave out without a word: undefined when nothing. What `seen` holds has been
 * looked at already.
 */
export function lostInWriting(value: unknown, seen: Set<object>): string | undefined {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    const lost = lostOf(part);
    if (lost) return lost;
    addParts(part, left);
  }
  return undefined;
}

function lostOf(part: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(part);
  if (prototypes.has(prototype) || prototype === Buffer.prototype) return undefined;
  if (Object.getPrototypeOf(prototype) === typedArray) return undefined;
  if (!errors.has(prototype))
    return `the class of ${part.constructor?.name ?? 'an object'} would be lost`;
  const extra = Object.getOwnPropertyNames(part).find((name) => !keptOfErrors.has(name));
  return extra === undefined ? undefined : `${extra} of an error would be lost`;
}

function addParts(part: object, left: unknown[]): void {
  if (ArrayBuffer.isView(part)) return;
  if (part instanceof Map) for (const [key, item] of part) left.push(key, item);
  else if (part instanceof Set) for (const item of part) left.push(item);
  else if (part instanceof Error) left.push(part.cause);
  else for (const item of Object.values(part)) left.push(item);
}

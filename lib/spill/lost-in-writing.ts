import { isDeepStrictEqual } from 'node:util';

const typedArray: unknown = Object.getPrototypeOf(Uint8Array.prototype);

/** Objects of these are written with their properties. */
const written = new Set<unknown>([Array.prototype, Object.prototype]);

/** Objects of these come back as what they were, but without properties of their own. */
const bare = new Set<unknown>(
  [ArrayBuffer, BigInt, Boolean, Date, Map, Number, RegExp, Set, String].map(
    ({ prototype }) => prototype as unknown,
  ),
);

const errors = new Set<unknown>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    ({ prototype }) => prototype as unknown,
  ),
);

const keptOfErrors = new Set<string | symbol>(['cause', 'message', 'stack']);

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
    const lost = lostOf(part, left);
    if (lost) return `${lost} would be lost`;
  }
  return undefined;
}

/** What of this one object would be; what is in it goes to `left`. */
function lostOf(part: object, left: unknown[]): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(part);
  if (written.has(prototype)) return lostProperty(part, left);
  if (bare.has(prototype)) return lostOfBare(part, left);
  if (ArrayBuffer.isView(part) && isKnownView(prototype)) return lostOfView(part);
  if (prototype === null) return 'the missing prototype of an object';
  if (!errors.has(prototype)) return `the class of ${part.constructor?.name ?? 'an object'}`;
  left.push((part as Error).cause);
  const extra = Reflect.ownKeys(part).find((key) => !keptOfErrors.has(key));
  return extra === undefined ? undefined : `${String(extra)} of an error`;
}

function lostProperty(part: object, left: unknown[]): string | undefined {
  const isArray = Array.isArray(part);
  for (const key of Reflect.ownKeys(part)) {
    if (isArray && key === 'length') continue;
    if (typeof key === 'symbol') return `the key ${String(key)}`;
    const property = Object.getOwnPropertyDescriptor(part, key);
    if (property?.get || property?.set) return `the getter or setter ${key}`;
    if (!property?.enumerable) return `${key}, which is not enumerable,`;
    left.push(property.value);
  }
  return undefined;
}

function lostOfBare(part: object, left: unknown[]): string | undefined {
  if (part instanceof Map) for (const [key, item] of part) left.push(key, item);
  else if (part instanceof Set) for (const item of part) left.push(item);
  else if (part instanceof RegExp && part.lastIndex === 0) return extraOf(part, 1);
  else if (part instanceof String) return extraOf(part, part.length + 1);
  return extraOf(part, 0);
}

/** Whether it has more keys than `own`, those it has by nature. */
function extraOf(part: object, own: number): string | undefined {
  const keys = Reflect.ownKeys(part);
  const key = keys.at(-1);
  return key === undefined || keys.length <= own
    ? undefined
    : `${String(key)} of the ${(Object.getPrototypeOf(part) as object).constructor.name}`;
}

const isKnownView = (prototype: unknown): boolean =>
  prototype === Buffer.prototype ||
  prototype === DataView.prototype ||
  Object.getPrototypeOf(prototype) === typedArray;

/** To list the keys of bytes would take longer than to write them; to compare them with themselves does not. */
function lostOfView(part: ArrayBufferView): string | undefined {
  const { buffer, byteOffset, byteLength } = part;
  if (part instanceof DataView) return extraOf(part, 0);
  const { BYTES_PER_ELEMENT: width } = part as Uint8Array;
  const type = (Object.getPrototypeOf(part) as Uint8Array).constructor;
  const again =
    part instanceof Buffer
      ? Buffer.from(part.buffer, byteOffset, byteLength)
      : Reflect.construct(type, [buffer, byteOffset, byteLength / width]);
  return isDeepStrictEqual(part, again) ? undefined : `a property of the ${type.name}`;
}

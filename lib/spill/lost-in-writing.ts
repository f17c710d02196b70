import { isDeepStrictEqual } from 'node:util';

const typedArray: unknown = Object.getPrototypeOf(Uint8Array.prototype);

/** Prototypes of objects whose properties are serialized. */
const plain = new Set<unknown>([Array.prototype, Object.prototype]);

/** Prototypes of objects that are serialized by value, without any own properties. */
const byValue = new Set<unknown>(
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
 * Describes the first part of a value that `v8.serialize` would silently drop; undefined when there is none. Objects in
 * `seen` are not looked at again.
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

/** The part of this object itself that would be lost; adds the values in it to `left`. */
function lostOf(part: object, left: unknown[]): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(part);
  if (plain.has(prototype)) return lostProperty(part, left);
  if (byValue.has(prototype)) return lostOfValue(part, left);
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

function lostOfValue(part: object, left: unknown[]): string | undefined {
  if (part instanceof Map) for (const [key, item] of part) left.push(key, item);
  else if (part instanceof Set) for (const item of part) left.push(item);
  else if (part instanceof RegExp && part.lastIndex === 0) return extraOf(part, 1);
  else if (part instanceof String) return extraOf(part, part.length + 1);
  return extraOf(part, 0);
}

/** The last own key of an object, if it has more keys than the `builtIn` ones of its type. */
function extraOf(part: object, builtIn: number): string | undefined {
  const keys = Reflect.ownKeys(part);
  const key = keys.at(-1);
  return key === undefined || keys.length <= builtIn
    ? undefined
    : `${String(key)} of the ${(Object.getPrototypeOf(part) as object).constructor.name}`;
}

const isKnownView = (prototype: unknown): boolean =>
  prototype === Buffer.prototype ||
  prototype === DataView.prototype ||
  Object.getPrototypeOf(prototype) === typedArray;

/** Compares a view with a new one of the same bytes: listing the keys of a typed array is slower than writing it. */
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

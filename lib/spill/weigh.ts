/** How many parts of one item are measured; the rest is estimated from them. */
const LOOKS = 1000;
const OBJECT = 32;
const SLOT = 8;

/** About how many bytes of memory a value uses. Parts that two values share count for both. */
export function weigh(value: unknown): number {
  if (typeof value !== 'object' || value === null) return ofPrimitive(value);
  const left: unknown[] = [value];
  let bytes = 0;
  let looks = 0;
  while (left.length > 0 && looks < LOOKS) {
    bytes += weighPart(left.pop(), left);
    looks += 1;
  }
  return bytes + Math.ceil((bytes / looks) * left.length);
}

function weighPart(value: unknown, left: unknown[]): number {
  if (typeof value !== 'object' || value === null) return ofPrimitive(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return 3 * OBJECT + value.byteLength;
  if (Array.isArray(value)) {
    for (const item of value) left.push(item);
    return OBJECT;
  }
  if (value instanceof Map) {
    for (const [key, item] of value) left.push(key, item);
    return OBJECT + 4 * SLOT * value.size;
  }
  if (value instanceof Set) {
    for (const item of value) left.push(item);
    return OBJECT + 4 * SLOT * value.size;
  }
  for (const key in value) left.push((value as Record<string, unknown>)[key]);
  return OBJECT;
}

/** Includes the slot that refers to it. */
function ofPrimitive(value: unknown): number {
  if (typeof value === 'string') return SLOT + 16 + value.length;
  return typeof value === 'number' || typeof value === 'bigint' ? 2 * SLOT : SLOT;
}

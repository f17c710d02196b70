import assert from 'node:assert/strict';

/** Compares by identity, and arrays item by item: a copy of an `Error` is not the same, and `0` is not `-0`. */
function same(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return Object.is(left, right);
  return left.length === right.length && left.every((item, at) => same(item, right[at]));
}

export function assertSameItems(actual: readonly unknown[], expected: readonly unknown[]): void {
  if (same(actual, expected)) return;
  assert.deepEqual(actual, expected);
  assert.fail('equal in value, but not the same items');
}

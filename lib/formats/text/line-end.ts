import { ArgumentError } from '../../core/base/errors.js';

/** Checks at the call: one character, and of ASCII, so that it is one byte that stands for nothing else. */
export function validateLineEnd(who: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value.length === 1 && value <= '\x7f') return;
  throw new ArgumentError(
    `${who}: lineEnd must be one character of ASCII, got ${JSON.stringify(value)}`,
  );
}

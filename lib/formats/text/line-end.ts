import { ArgumentError } from '../../core/base/errors.js';

/** Throws `ArgumentError` unless the value is one ASCII character: in UTF-8, its byte is part of no other character. */
export function validateLineEnd(who: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value.length === 1 && value <= '\x7f') return;
  throw new ArgumentError(
    `${who}: lineEnd must be one ASCII character, got ${JSON.stringify(value)}`,
  );
}

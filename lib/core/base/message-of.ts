import { inspect } from 'node:util';

/** Anything can be thrown, also what has no message and can't become a string. */
export function messageOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  const { message } = cause as { message?: unknown };
  return typeof message === 'string'
    ? message
    : inspect(cause, { depth: 0, breakLength: Infinity });
}

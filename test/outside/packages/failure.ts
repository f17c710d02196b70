import { StageError } from '../../../lib/core/base/errors.js';

/** What is made to fail fails with this. */
export const failure = new Error('broken on purpose');
/** The reason of a signal. */
export const reason = new Error('stopped on purpose');

/** Codes of errors that say no more than that a stream was closed before its end. */
const CLOSED = new Set([
  'ABORT_ERR',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_SLUICE_CLOSED',
  'ERR_HTTP2_INVALID_STREAM',
  'ERR_INVALID_STATE',
  'ECONNRESET',
  'EPIPE',
]);

/** Which error it is, in words that are the same for Node and for us. */
export function errorName(error: unknown): string {
  if (error === null || error === undefined) return 'none';
  if (error === failure || (error instanceof StageError && error.cause === failure))
    return 'the failure';
  const { name, message, code, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  if (error === reason || (name === 'AbortError' && cause === reason)) return 'the abort';
  if (CLOSED.has(code ?? '') || /closed|destroyed|write after end/i.test(message)) return 'closed';
  return `${name} ${code ?? message}`;
}

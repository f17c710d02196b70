import { isPrematureClose, suppress } from '../../core/base/suppress.js';
import type { Host } from '../../core/protocol/host.js';

/** The code of node:zlib for input that ends in the middle. After a graceful stop, that is expected. */
const UNEXPECTED_END = 'Z_BUF_ERROR';

export const cutShort = (host: Host, error: unknown): boolean =>
  host.run.sourceStopped && (error as { code?: unknown } | null)?.code === UNEXPECTED_END;

type Report = (error: unknown) => void;

/**
 * Calls `report` with the outcome of a stream. A premature close is often the effect of a failure elsewhere in the run,
 * so it is reported a turn later: the cause is then reported first.
 */
export const afterCause =
  (report: Report) =>
  (error: unknown): void | Promise<void> => {
    if (!isPrematureClose(error)) return report(error);
    return new Promise((resolve) => {
      setImmediate(() => resolve(report(error)));
    });
  };

/** Throws the first of some errors, with the others in its `suppressed`. */
export function throwAll(errors: readonly unknown[]): void {
  const [first, ...later] = errors;
  for (const error of later) suppress(first, error);
  if (errors.length > 0) throw first;
}

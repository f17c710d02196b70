import type { Host } from '../../core/protocol/host.js';

/** The code of node:zlib for input that ends in the middle. After a graceful stop, that is expected. */
const UNEXPECTED_END = 'Z_BUF_ERROR';

export const cutShort = (host: Host, error: unknown): boolean =>
  host.run.sourceStopped && (error as { code?: unknown } | null)?.code === UNEXPECTED_END;

type Report = (error?: Error | null) => void;

/**
 * Calls `report` with the outcome of a stream. A premature close is often the effect of a failure elsewhere in the run,
 * so it is reported a turn later: the cause is then reported first.
 */
export const afterCause =
  (report: Report): Report =>
  (error) => {
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE')
      setImmediate(report, error);
    else report(error);
  };

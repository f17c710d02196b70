import type { Host } from '../../core/protocol/host.js';

/** What node:zlib says of input that ends in the middle: after a graceful stop, that is only to be expected. */
const UNEXPECTED_END = 'Z_BUF_ERROR';

export const cutShort = (host: Host, error: unknown): boolean =>
  host.run.sourceStopped && (error as { code?: unknown } | null)?.code === UNEXPECTED_END;

type Report = (error?: Error | null) => void;

/**
 * Calls `report` with how a stream has finished. A premature close is what a failure elsewhere looks like from here, so
 * it is reported a turn later: whoever knows the cause speaks first.
 */
export const afterCause =
  (report: Report): Report =>
  (error) => {
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE')
      setImmediate(report, error);
    else report(error);
  };

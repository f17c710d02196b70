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

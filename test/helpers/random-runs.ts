import fc from 'fast-check';

let runs = 0;

/** How many random runs of properties there have been. */
export const randomRuns = (): number => runs;

/** Reports like fast-check's own reporter, and counts the runs. */
export function countRuns<T>(details: fc.RunDetails<T>): void {
  runs += details.numRuns;
  const { errorInstance: cause } = details;
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause });
}

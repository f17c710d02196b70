import fc from 'fast-check';

let runs = 0;

/** How often properties have been tried so far, each time with values of their own. */
export const randomRuns = (): number => runs;

/** Reports a property as fast-check does itself, and counts. */
export function countRuns<T>(details: fc.RunDetails<T>): void {
  runs += details.numRuns;
  const { errorInstance: cause } = details;
  if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause });
}

import { expect } from 'chai';

/**
 * For tests that leave runs behind which can never settle. Their reports are printed right after the suite, and not at
 * the end of the whole test run, where they would look like a failure.
 */
export function abandonsRuns(): void {
  after(() => {
    const { write } = process.stderr;
    const told: string[] = [];
    process.stderr.write = (text: string | Uint8Array) => told.push(String(text)) > 0;
    try {
      process.emit('beforeExit', 0);
    } finally {
      process.stderr.write = write;
    }
    for (const text of told) expect(text).to.match(/^sluice: a run can never settle/);
  });
}

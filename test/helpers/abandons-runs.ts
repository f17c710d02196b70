import { expect } from 'chai';

/**
 * These tests leave runs behind that can never settle. After them each run says so, once: here, rather than at the end of
 * the whole test run, where it would look like a failure.
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

import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';

/** Fails each test of a suite that leaves a rejection unhandled, in that test. */
export function noUnhandled(): void {
  const seen: unknown[] = [];
  const note = (reason: unknown): void => {
    seen.push(reason);
  };
  let others: NodeJS.UnhandledRejectionListener[] = [];
  beforeEach(() => {
    // The runner's own listener would blame whichever test runs by then.
    others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', note);
  });
  afterEach(async () => {
    await turn();
    await turn();
    process.off('unhandledRejection', note);
    for (const other of others) process.on('unhandledRejection', other);
    expect(seen.splice(0), 'unhandled rejections').to.deep.equal([]);
  });
}

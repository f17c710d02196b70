import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Unhandled } from '../../lib/testing/harness/unhandled.js';

/** Fails each test of a suite that leaves an error unhandled, in that test. */
export function noUnhandled(): void {
  let unhandled: Unhandled | undefined;
  beforeEach(() => {
    unhandled = new Unhandled();
  });
  afterEach(async () => {
    await turn();
    await turn();
    expect(unhandled?.stop(), 'unhandled errors').to.deep.equal([]);
  });
}

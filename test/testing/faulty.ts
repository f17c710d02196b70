import { expect } from 'chai';
import type { Check } from '../../lib/testing/index.js';
import { abandonsRuns } from '../helpers/abandons-runs.js';
import { rejection } from '../helpers/rejection.js';

/** A fault, and the checks that must find it. */
export interface Faulty {
  readonly checks: readonly Check[];
  readonly fails: readonly string[];
  /** The message of their error. */
  readonly saying?: RegExp;
}

/** The time limit of a check that would never end. */
export const PATIENCE = { patienceMs: 1000 };

/** Tests that these checks fail. */
export function findsFaults(faulty: Record<string, Faulty>): void {
  abandonsRuns();
  for (const [title, { checks, fails, saying = /./ }] of Object.entries(faulty))
    for (const name of fails)
      it(`${title}: "${name}" fails`, async () => {
        const check = checks.find((other) => other.name === name);
        if (!check) throw new Error(`there is no check "${name}"`);
        const { stack } = (await rejection(check.run())) as Error;
        expect(stack).to.match(saying);
      });
}
